package handspun.serve;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the JDK's server answers before our code is called: short HTML, which is no use to a
 * program.
 */
final class JdkRefusal {
  private static final Pattern ANSWER =
      Pattern.compile("(?s)HTTP/1.1 ([45]\\d\\d) .*?\r\n\r\n<h1>.*?</h1>(.*)");

  /** It is written at once, and short. */
  private static final int MOST_BYTES = 1000;

  /** Of the first digit of the status. */
  private static final int PLACE = "HTTP/1.1 ".length();

  private JdkRefusal() {}

  /** {@return the answer to be sent in the place of what is written; empty if it is none of it} */
  static Optional<byte[]> inOurWords(ByteBuffer written) {
    return mayBeOne(written)
        ? inOurWords(StandardCharsets.ISO_8859_1.decode(written.duplicate()).toString())
        : Optional.empty();
  }

  /** All that is written is looked at. */
  private static boolean mayBeOne(ByteBuffer written) {
    if (written.remaining() <= PLACE || written.remaining() > MOST_BYTES) {
      return false;
    }
    int first = written.position();
    byte status = written.get(first + PLACE);
    return written.get(first) == 'H' && (status == '4' || status == '5');
  }

  private static Optional<byte[]> inOurWords(String answer) {
    Matcher refusal = ANSWER.matcher(answer);
    if (!refusal.matches()) {
      return Optional.empty();
    }
    String why = refusal.group(2);
    return Optional.of(
        switch (refusal.group(1)) {
          case "404" ->
              answer(404, "Not Found", "There is nothing at this address: begin with a slash.");
          case "501" ->
              answer(
                  501,
                  "Not Implemented",
                  "The body is sent in a coding that is not known (%s): send it chunked, or with a Content-Length."
                      .formatted(why));
          default ->
              answer(
                  400,
                  "Bad Request",
                  "The request line or a header is not as HTTP requires (%s): send it as RFC 9112 says."
                      .formatted(why));
        });
  }

  /** {@return the answer to a head of which the JDK's server says nothing} */
  static byte[] ofTheHead() {
    return answer(
        400,
        "Bad Request",
        "The request's head is not whole, has more than 200 headers or 380 KB, or asks for no path: send less, and all of it.");
  }

  private static byte[] answer(int status, String reason, String sentence) {
    byte[] body = Reply.of(new RefusedRequest(status, sentence)).body();
    String head =
        "HTTP/1.1 %d %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n"
            .formatted(status, reason, body.length);
    return (head + new String(body, StandardCharsets.UTF_8)).getBytes(StandardCharsets.UTF_8);
  }
}
