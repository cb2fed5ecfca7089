/**
 * What curl sends for a command. Each result is what curl 7.88 sent to a server when bash 5.2 ran the command; the words of a
 * shell are those that bash passed to a program.
 */
import { describe, expect, test } from 'vitest'
import { readCurl } from '../../../../src/cli/captures/curl.js'
import { splitCommands } from '../../../../src/cli/captures/shell.js'
import { quoteForShell } from '../../../../src/cli/captures/shell-quote.js'

const U = 'http://h/p'
const FORM = 'application/x-www-form-urlencoded'

describe('curl', () => {
  test.each<readonly [command: string, method: string, path: string, type: string | undefined, body: string]>([
    [`curl ${U} -d a=b -d c=d`, 'POST', '/p', FORM, 'a=b&c=d'],
    [`curl -XPUT ${U} -da=b`, 'PUT', '/p', FORM, 'a=b'],
    [
      `curl -sSXPOST ${U} --data-urlencode "a=b c&d" --data-urlencode "=x y" --data-urlencode 'plain text'`,
      'POST',
      '/p',
      FORM,
      'a=b+c%26d&x+y&plain+text',
    ],
    [`curl ${U} --data-urlencode "k=ü~!*'()"`, 'POST', '/p', FORM, 'k=%C3%BC~%21%2A%27%28%29'],
    [`curl ${U}?x=1 -G -d a=b -d c=d`, 'GET', '/p?x=1&a=b&c=d', undefined, ''],
    [`curl --url ${U} --json '{"a":1}' --json '{"b":2}'`, 'POST', '/p', 'application/json', '{"a":1}{"b":2}'],
    [`curl ${U} $'-d\\x41=\\u4f60\\n\\'q'`, 'POST', '/p', FORM, "A=你\n'q"],
    [`curl ${U} -d $'\\xe4\\xb8\\xad=\\344\\270\\255\\x0a\\101'`, 'POST', '/p', FORM, '中=中\nA'],
    // As Firefox copies what it has sent as UTF-8.
    [`curl ${U} -d $'a=\\xe9'`, 'POST', '/p', FORM, 'a=é'],
    [`curl "${U}" -d "a=\\"b\\" \\\\ \\x ' "`, 'POST', '/p', FORM, `a="b" \\ \\x ' `],
    [`curl ${U} -I`, 'HEAD', '/p', undefined, ''],
    [`curl ${U} -d 'line1\nline2'`, 'POST', '/p', FORM, 'line1\nline2'],
    [`printf %s 'a=b%20c' | curl ${U} --data-binary @-`, 'POST', '/p', FORM, 'a=b%20c'],
    [`echo 'a=b' | curl ${U} -d @-`, 'POST', '/p', FORM, 'a=b'],
    [`curl ${U} -H 'Content-Type: text/x' -d x`, 'POST', '/p', 'text/x', 'x'],
    [`curl ${U} -d a \\\n -d b # comment`, 'POST', '/p', FORM, 'a&b'],
    [`curl ${U} -d 'it'"'"'s' -d a\\ b -d "" -d '$x'`, 'POST', '/p', FORM, "it's&a b&&$x"],
    [`curl ${U} -u a:b --cookie c=d -A agent -e ref -d x=1 -L --compressed -k`, 'POST', '/p', FORM, 'x=1'],
    [`curl ${U} --no-keepalive --http1.1 -m 5 -d=b`, 'POST', '/p', FORM, '=b'],
    [`A=1 curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`timeout -k 1 5 curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`env -u A B=1 /usr/bin/curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`sudo -u me nice curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    // Prompts of a terminal, which bash does not get.
    [`$ curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`me@host:~$ curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`[me@host ~]$ curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`root@host:/# curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`➜  ~ curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`C:\\Users\\me> curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`PS C:\\> curl.exe h/p -d x`, 'POST', '/p', FORM, 'x'],
    [`$ curl h/p \\\n> -d x \\\n> -d 'y'`, 'POST', '/p', FORM, 'x&y'],
    [`> curl h/p -d x`, 'POST', '/p', FORM, 'x'],
    ['curl h/p -d x \\\n> out.json', 'POST', '/p', FORM, 'x'],
    // What a shell writes with `set -x`, a list, a workflow, a container file.
    ...['1.', '501', '+', '++', '-', 'run:', '- run:', 'RUN', 'until', 'elif', 'builtin command'].map(
      (prefix) => [`${prefix} curl h/p -d x`, 'POST', '/p', FORM, 'x'] as const,
    ),
    ...['sudo -E', 'env -i', 'time -p', 'nice -19', 'stdbuf -oL', 'timeout --foreground 5', 'X= env -i A=1'].map(
      (prefix) => [`${prefix} curl h/p -d x`, 'POST', '/p', FORM, 'x'] as const,
    ),
  ])('%s', (command, method, path, type, body) => {
    const { requests, unreadable } = readCurl(command)
    expect(unreadable).toEqual([])
    expect(requests).toHaveLength(1)
    expect(requests[0]).toMatchObject({ at: 1, method, url: `http://h${path}`, body })
    expect(requests[0]?.headers['content-type']).toBe(type)
  })

  test('reads headers that are empty and leaves out those that are taken away', () => {
    const { requests } = readCurl(`curl ${U} -H 'X-A;' -H 'Accept:' -H 'X-T: a#b' -H 'content-type:' -d x`)
    expect(requests[0]?.headers).toEqual({ 'x-a': '', 'x-t': 'a#b' })
  })

  test('reads several commands, with the lines where they begin', () => {
    const script = `curl -s -o /dev/null -w '%{http_code}' ${U} -d a=1 2>&1 >/dev/null; curl ${U} -d b=2 && \\\n curl ${U} -d c=3\n\n# words\ncurl ${U} -d d=4 --next ${U} -d e=5`
    const { requests } = readCurl(script, 10)
    expect(requests.map(({ at, body }) => [at, body])).toEqual([
      [10, 'a=1'],
      [10, 'b=2'],
      [11, 'c=3'],
      [14, 'd=4'],
      [14, 'e=5'],
    ])
  })

  test.each<readonly [reason: string, command: string]>([
    ['uses the variable $X, which only the shell knows', `curl ${U} -d "a=$X"`],
    [`uses the variable \${X}, which only the shell knows`, `curl ${U} -d a=\${X}`],
    ['uses the output of a command, $(…), which only the shell knows', `curl ${U} -d "$(cat x)"`],
    ['uses a command in backticks, which only the shell knows', `curl ${U} -d \`cat x\``],
    ['has a quote that is not closed', `curl ${U} -d 'a`],
    ['has data from a file (@x)', `curl ${U} -d @x`],
    ['has data from a file (--data-urlencode @)', `curl ${U} --data-urlencode a@x`],
    ['has data from standard input (@-)', `cat x | curl ${U} -d @-`],
    ['has headers from a file (--header @)', `curl ${U} -H @x`],
    ['reads a file by -K of curl', `curl -K x ${U}`],
    ['reads a file by --upload-file of curl', `curl --upload-file x ${U}`],
    ['has -d of curl without its value', `curl ${U} -d`],
    ['has --frob, a flag of curl that is not known here', `curl ${U} --frob`],
    ['is a curl command without a URL', 'curl -d x'],
    ['is a command of wget, which is not read', `wget ${U}`],
    // What must not be passed over without a word.
    ['uses the output of a command, $(…), which only the shell knows', `R=$(curl -s ${U} -d a=b)`],
    ['uses the output of a command, $(…), which only the shell knows', `echo "$(curl -s ${U} -d 'a=b')"`],
    ['uses a command in backticks, which only the shell knows', `R=\`curl -s ${U} -d a=b\``],
    ['has a quote that is not closed', `echo I don't know\ncurl ${U} -d a=b`],
    ['runs curl through xargs, which is not read', `xargs -n 1 curl ${U} -d`],
    ['has a space behind the backslash at the end of a line', `curl ${U} \\ \n  -d a=b`],
    ['has a space behind the backslash at the end of a line', `curl ${U} \\\t\r\n  -d a=b`],
    ['has typographic quotes or dashes', `curl ‘${U}’ -d ‘a=b’`],
    ['has typographic quotes or dashes', `curl ${U} -d ‘a=b’`],
    ['has typographic quotes or dashes', `curl ${U} —data 'a=b'`],
    ['has typographic quotes or dashes', `curl –X POST ${U} -d 'a=b'`],
    ['has a URL with braces or brackets, which curl expands', `curl http://h/{p} -d 'a=b'`],
    ['has a URL with braces or brackets, which curl expands', `curl 'http://h/p?x=[1-3]' -d 'a=b'`],
    ...[
      `kubectl exec pod -- curl ${U}`,
      `ssh h curl ${U}`,
      `docker exec c curl ${U}`,
      `docker run --rm curlimages/curl -s ${U}`,
      `bash -c "curl ${U} -d a=b"`,
      `eval "curl ${U}"`,
      `watch -n 1 curl ${U}`,
      `strace curl ${U}`,
      `retry 3 /usr/bin/curl ${U}`,
    ].map((command) => ['runs curl in a way that is not read', command] as const),
    ['is HTTP behind a curl command, which is not read; put ### between them', `POST /p HTTP/1.1\nX: 1\n\na=b`],
    ['is HTTP behind a curl command, which is not read; put ### between them', `POST ${U}\nX: 1\n\na=b`],
  ])('refuses what it cannot know: %s', (reason, command) => {
    expect(readCurl(command)).toMatchObject({ requests: [], unreadable: [{ at: 1, reason }] })
  })
})

test('commands that only name curl are passed over', () => {
  const installs =
    'apt-get install curl jq\nsudo apt-get install -y curl jq\nsudo -E apk add curl\nenv A=1 brew install curl'
  const script = `Then run curl against ${U} twice.\ndie "install curl from ${U}"\necho 'curl ${U}'\ngit commit -m "curl ${U}"\nalias c='curl ${U}'\ncommand -v curl\necho "no curl here"\nalias c=curl\nwhich curl\n${installs}`
  expect(readCurl(script)).toMatchObject({ requests: [], unreadable: [] })
})

test('a command with as many URLs as fit into a file is read', () => {
  expect(readCurl(`curl ${'h/p '.repeat(200_000)}`).requests).toHaveLength(200_000)
})

describe('the words of a shell', () => {
  test.each<[text: string, words: readonly string[]]>([
    [`a  b\tc`, ['a', 'b', 'c']],
    [`a'b c'"d e"f`, ['ab cd ef']],
    [`'' ""`, ['', '']],
    [`\\  \\\\ \\" a\\\nb`, [' ', '\\', '"', 'ab']],
    [`"\\$" "\\a" "\\\n" "a'b"`, ['$', '\\a', '', "a'b"]],
    [`$'\\t\\x41\\u4f60\\101\\q' $ "$"`, ['\tA你Aq', '$', '$']],
    [`a#b #c d`, ['a#b']],
    [`~ = %20 é`, ['~', '=', '%20', 'é']],
  ])('%j', (text, words) => {
    expect(splitCommands(`p ${text}`)).toMatchObject([{ words: ['p', ...words], problem: undefined }])
  })

  test.each(["it's", 'a b', '"', '\\', '$x', '`x`', '', '你好', 'a\nb', "''"])(
    'a quoted word is that word: %j',
    (word) => {
      expect(splitCommands(`p ${quoteForShell(word)}`)).toMatchObject([{ words: ['p', word] }])
    },
  )
})
