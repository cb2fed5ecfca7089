import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;

/** Tests against the mock at RONGCLOUD_BASE_URL. With JUnit, each of these methods is a {@code @Test}. */
class AuctionTest {
  static final String MOCK = System.getenv("RONGCLOUD_BASE_URL");
  static final HttpClient CLIENT = HttpClient.newHttpClient();

  public static void main(String[] args) throws Exception {
    typingReachesEveryRoom();
    aBidReachesTheRoom();
    fourRoomsInOneCallAreRefused();
    aCallAboveTheRateLimitIsAnError();
    aServerThatNeverAnswersIsGivenUp();
    aBrokenConnectionIsAnError();
  }

  static void typingReachesEveryRoom() throws Exception {
    reset();
    auction(5_000).typing("2191", List.of("2193", "2192", "2194", "room 7"));
    var calls = send("GET", "/__calls", "");
    check(calls.contains("\"toGroupId\":[\"2193\",\"2192\",\"2194\"]"), "toGroupId must hold each room once: " + calls);
    check(calls.contains("\"toGroupId\":[\"room 7\"]"), "toGroupId must hold room 7: " + calls);
    verify();
  }

  static void aBidReachesTheRoom() throws Exception {
    reset();
    auction(5_000).bid("2191", "120 €", List.of("2193"));
    check(send("GET", "/__calls", "").contains("\"content\":\"120 €\""), "content must be the bid");
    verify();
  }

  static void fourRoomsInOneCallAreRefused() throws Exception {
    reset();
    send("POST", "/__expect", "{\"violation\": \"maxItems\", \"field\": \"toGroupId\"}");
    mustFail(Auction.Refused.class, "toGroupId: at most 3", () -> auction(5_000).publish("2191", Auction.TYPING, List.of("a", "b", "c", "d")));
    verify();
  }

  static void aCallAboveTheRateLimitIsAnError() throws Exception {
    reset();
    send("POST", "/__respond", "{\"example\": \"rateLimited\"}");
    mustFail(Auction.Refused.class, "HTTP 429", () -> auction(5_000).typing("2191", List.of("2193")));
    verify();
  }

  static void aServerThatNeverAnswersIsGivenUp() throws Exception {
    reset();
    send("POST", "/__respond", "{\"fault\": \"hang\"}");
    mustFail(IOException.class, "timed out", () -> auction(200).typing("2191", List.of("2193")));
    verify();
  }

  static void aBrokenConnectionIsAnError() throws Exception {
    reset();
    send("POST", "/__respond", "{\"fault\": \"reset\"}");
    mustFail(IOException.class, "", () -> auction(5_000).typing("2191", List.of("2193")));
    verify();
  }

  static Auction auction(long millis) {
    var key = System.getenv("RONGCLOUD_APP_KEY");
    var secret = System.getenv("RONGCLOUD_APP_SECRET");
    return new Auction(MOCK, key, secret, Duration.ofMillis(millis));
  }

  /** Forgets the calls of other tests. */
  static void reset() throws Exception {
    send("POST", "/__reset", "");
  }

  /** Fails when a call was off the contract. The answer says which, and why. */
  static void verify() throws Exception {
    var report = send("POST", "/__verify", "");
    check(report.contains("\"status\":\"ok\""), report);
  }

  static String send(String method, String path, String body) throws Exception {
    var request = HttpRequest.newBuilder(URI.create(MOCK + path)).method(method, BodyPublishers.ofString(body)).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  interface Call {
    void run() throws Exception;
  }

  static void mustFail(Class<? extends Exception> type, String words, Call call) throws Exception {
    try {
      call.run();
    } catch (Exception error) {
      if (type.isInstance(error) && String.valueOf(error.getMessage()).contains(words)) return;
      throw error;
    }
    throw new AssertionError("must fail with " + type.getSimpleName() + " " + words);
  }

  static void check(boolean holds, String words) {
    if (!holds) throw new AssertionError(words);
  }
}
