"""Sends every vector to a mock over HTTP, with nothing but Python's standard library, and prints those whose verdict differs."""
import http.client
import json
import sys

file, port, reset = sys.argv[1], int(sys.argv[2]), sys.stdin
connection = http.client.HTTPConnection("127.0.0.1", port)


def text(part):
    return part if isinstance(part, str) else part["repeat"] * part["times"]


def send(request):
    body = "".join(text(part) for part in request["body"]).encode("ascii")
    connection.putrequest(request["method"], request["path"], skip_accept_encoding=True)
    for name, value in request["headers"].items():
        connection.putheader(name, value)
    connection.putheader("Content-Length", str(len(body)))
    connection.endheaders(body)
    response = connection.getresponse()
    answer = json.loads(response.read() or b"{}")
    violations = json.loads(response.getheader("x-contract-violations") or "[]")
    return response.status, answer.get("code"), violations[:1]


with open(file, encoding="utf-8") as opened:
    vectors = json.load(opened)["vectors"]

for vector in vectors:
    # The other side answers a line with a line, when all that was counted is forgotten.
    print("reset", flush=True)
    reset.readline()
    answers = [send(vector["request"]) for _ in range(vector["times"])]
    expect, (status, code, violations) = vector["expect"], answers[-1]
    early = [one for one in answers[:-1] if one[2]]
    if expect["verdict"] == "accepted":
        right = status == expect["status"] and not violations
    else:
        violation = violations[0] if violations else {}
        right = (
            {key: violation.get(key) for key in ("field", "keyword")} == expect["violation"]
            and status == expect.get("status", status)
            and code == expect.get("code", code)
        )
    if early or not right:
        print(json.dumps([vector["name"], expect, status, code, violations, early]), flush=True)
print(json.dumps(["sent", len(vectors)]), flush=True)
