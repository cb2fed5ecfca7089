import java.net.*;
import java.net.http.*;
import java.security.*;
import java.time.Duration;
import java.util.*;
import java.util.stream.*;
import static java.nio.charset.StandardCharsets.UTF_8;

class Send {
  static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  public static void main(String[] args) throws Exception {
    var env = System.getenv();
    var random = new SecureRandom().nextLong();
    var nonce = Long.toHexString(random);
    var timestamp = "" + System.currentTimeMillis();
    var signed = env.get("RONGCLOUD_APP_SECRET")
        + nonce + timestamp;
    var hash = MessageDigest.getInstance("SHA-1")
        .digest(signed.getBytes(UTF_8));

    var body = Stream.of(
        field("fromUserId", "2191"),
        field("toGroupId", "2193"),
        field("toGroupId", "2192"),
        field("objectName", "RC:TypSts"),
        field("content",
            "{\"typingContentType\":\"RC:TxtMsg\"}")
    ).collect(Collectors.joining("&"));

    var url = env.get("RONGCLOUD_BASE_URL")
        + "/statusmessage/group/publish.json";
    var request = HttpRequest.newBuilder(URI.create(url))
        .timeout(Duration.ofSeconds(5))
        .header("App-Key", env.get("RONGCLOUD_APP_KEY"))
        .header("Nonce", nonce)
        .header("Timestamp", timestamp)
        .header("Signature", HexFormat.of().formatHex(hash))
        .header("Content-Type",
            "application/x-www-form-urlencoded")
        .POST(HttpRequest.BodyPublishers.ofString(body))
        .build();
    var answer = HttpClient.newHttpClient().send(
        request, HttpResponse.BodyHandlers.ofString());
    System.out.println(answer.body());
  }
}
