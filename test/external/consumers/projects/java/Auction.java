import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Shows the rooms of an auction who is typing, and the highest bid. */
class Auction {
  /** What a message says: its type and its content. */
  record Status(String type, String content) {}

  static final Status TYPING = new Status("RC:TypSts", "{\"typingContentType\":\"RC:TxtMsg\"}");
  static final int MAX_ROOMS = 3;

  /** The API refuses a call, with HTTP 200 or another status. */
  static class Refused extends IOException {
    Refused(int status, String body) {
      super("HTTP " + status + ": " + body);
    }
  }

  private final String baseUrl;
  private final String appKey;
  private final String appSecret;
  private final Duration timeout;
  // Follows no redirect: the signed headers must not travel to another host.
  private final HttpClient client = HttpClient.newHttpClient();

  Auction(String baseUrl, String appKey, String appSecret, Duration timeout) {
    this.baseUrl = baseUrl;
    this.appKey = appKey;
    this.appSecret = appSecret;
    this.timeout = timeout;
  }

  /** Shows any number of rooms that a user is typing. */
  void typing(String from, List<String> rooms) throws IOException, InterruptedException {
    publishToAll(from, TYPING, rooms);
  }

  /** Shows a bid in any number of rooms. */
  void bid(String from, String bid, List<String> rooms) throws IOException, InterruptedException {
    publishToAll(from, new Status("auction:bid", bid), rooms);
  }

  private void publishToAll(String from, Status status, List<String> rooms) throws IOException, InterruptedException {
    for (int i = 0; i < rooms.size(); i += MAX_ROOMS) {
      publish(from, status, rooms.subList(i, Math.min(i + MAX_ROOMS, rooms.size())));
    }
  }

  /** Sends one call. */
  void publish(String from, Status status, List<String> rooms) throws IOException, InterruptedException {
    var fields = new ArrayList<String>();
    fields.add(field("fromUserId", from));
    fields.add(field("objectName", status.type()));
    fields.add(field("content", status.content()));
    for (var room : rooms) fields.add(field("toGroupId", room));
    var nonce = Long.toHexString(new SecureRandom().nextLong());
    var timestamp = Long.toString(System.currentTimeMillis());
    var request = HttpRequest.newBuilder(URI.create(baseUrl + "/statusmessage/group/publish.json"))
        .timeout(timeout)
        .header("Content-Type", "application/x-www-form-urlencoded")
        .header("App-Key", appKey)
        .header("Nonce", nonce)
        .header("Timestamp", timestamp)
        .header("Signature", sha1(appSecret + nonce + timestamp))
        .POST(BodyPublishers.ofString(String.join("&", fields)))
        .build();
    var response = client.send(request, BodyHandlers.ofString());
    // Errors come with HTTP 200 too.
    if (response.statusCode() != 200 || !response.body().contains("\"code\":200")) {
      throw new Refused(response.statusCode(), response.body());
    }
  }

  private static String field(String name, String value) {
    return name + "=" + URLEncoder.encode(value, UTF_8);
  }

  private static String sha1(String text) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException impossible) {
      throw new AssertionError(impossible);
    }
  }
}
