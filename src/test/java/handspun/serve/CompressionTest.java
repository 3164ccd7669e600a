package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.Headers;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {
  private static final byte[] LONG = "one digit ".repeat(400).getBytes(StandardCharsets.UTF_8);

  private static Reply reply(String type, byte[] body) {
    return new Reply(200, Map.of("Content-Type", type), body);
  }

  private static Headers accepting(String codings) {
    Headers headers = new Headers();
    headers.add("Accept-Encoding", codings);
    return headers;
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate, gzip, br", "br;q=1.0, gzip;q=0.8", "GZIP; q=1"})
  void compressesLongTextsForWhoCanUndoIt(String codings) throws Exception {
    Reply made = Compression.of(reply("text/css; charset=utf-8", LONG), accepting(codings));
    assertThat(made.headers())
        .containsEntry("Content-Encoding", "gzip")
        .containsEntry("Vary", "Accept-Encoding");
    assertThat(made.body()).hasSizeLessThan(LONG.length / 4);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(made.body())).readAllBytes())
        .isEqualTo(LONG);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "br", "gzip;q=0", "gzip;q=0.0", "x-gzip", "*"})
  void sendsThemAsTheyAreToOthers(String codings) {
    Reply made = Compression.of(reply("application/json", LONG), accepting(codings));
    assertThat(made.body()).isSameAs(LONG);
    assertThat(made.headers()).doesNotContainKey("Content-Encoding").containsKey("Vary");
  }

  @Test
  void leavesShortTextsAndNumbersAlone() {
    Reply numbers = reply("application/octet-stream", LONG);
    assertThat(Compression.of(numbers, accepting("gzip"))).isSameAs(numbers);
    Reply answer = reply("application/json", new byte[100]);
    assertThat(Compression.of(answer, accepting("gzip"))).isSameAs(answer);
  }
}
