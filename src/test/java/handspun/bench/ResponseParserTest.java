package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import handspun.HandspunException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ResponseParserTest {
  private static final String ANSWER =
      "HTTP/1.1 200 OK\r\nDate: today\r\ncontent-Length: 12\r\nX-Content-Length: 99\r\n\r\nhello\r\n\r\nyou";

  private static final String ERROR =
      "HTTP/1.1 503 Busy\r\nConnection: close\r\nContent-length:4\r\n\r\nbusy";

  private static final String NOT_MODIFIED = "HTTP/1.1 304 Not Modified\r\nDate: today\r\n\r\n";

  private final ResponseParser parser = new ResponseParser(true);

  private boolean take(String text) {
    return take(parser, text);
  }

  private static boolean take(ResponseParser parser, String text) {
    return parser.take(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
  }

  /** An answer as it was understood. */
  private record Understood(int status, String body, boolean isLast) {}

  private Understood understood() {
    return new Understood(parser.status(), parser.text(), parser.isLast());
  }

  @Test
  void findsTheEndWhereverTheAnswerIsSplit() {
    for (String answer : new String[] {ANSWER, ERROR, NOT_MODIFIED}) {
      assertThat(take(answer)).isTrue();
      Understood whole = understood();
      for (int split = 1; split < answer.length(); split++) {
        assertThat(take(answer.substring(0, split))).as("split at %d", split).isFalse();
        assertThat(take(answer.substring(split))).as("split at %d", split).isTrue();
        assertThat(understood()).as("split at %d", split).isEqualTo(whole);
      }
    }
  }

  @Test
  void understandsAnswersThatComeByteByByteOneAfterTheOther() {
    int whole = 0;
    for (byte one : (ANSWER + ERROR + NOT_MODIFIED + ANSWER).getBytes(StandardCharsets.UTF_8)) {
      if (parser.take(ByteBuffer.wrap(new byte[] {one}))) {
        whole++;
      }
    }
    assertThat(whole).isEqualTo(4);
    assertThat(understood()).isEqualTo(new Understood(200, "hello\r\n\r\nyou", false));
  }

  @Test
  void tellsStatusBodyAndWhetherTheConnectionEnds() {
    take(ERROR);
    assertThat(understood()).isEqualTo(new Understood(503, "busy", true));
    take(NOT_MODIFIED);
    assertThat(understood()).isEqualTo(new Understood(304, "", false));
  }

  @Test
  void keepsOnlyTheBodiesOfErrorsIfNobodyWantsThem() {
    ResponseParser hasty = new ResponseParser(false);
    take(hasty, ANSWER);
    assertThat(hasty.text()).isEmpty();
    take(hasty, ERROR);
    assertThat(hasty.text()).isEqualTo("busy");
    take(hasty, ANSWER);
    assertThat(hasty.text()).isEmpty();
  }

  @Test
  void refusesMoreThanWasAnnounced() {
    assertThatThrownBy(() -> take(ANSWER + "!"))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("1 bytes more");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "HTTP/1.1 200 OK\r\nDate: today\r\n\r\n",
        "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n",
        "HTTP/1.1 OK\r\nContent-Length: 1\r\n\r\n"
      })
  void refusesHeadsWithoutStatusOrLength(String head) {
    assertThatThrownBy(() -> take(head))
        .isInstanceOf(HandspunException.class)
        .hasMessageContaining("not understood");
  }
}
