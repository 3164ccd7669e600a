package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.math.Kernels;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** The page behind a real nginx with TLS, below a path, for who has the link with the token. */
class PageBehindNginxIT {
  @RegisterExtension private static final Visitor visitor = new Visitor();

  @Test
  void opensTheLinkAndReadsWhatIsDrawn(@TempDir Path folder) throws Exception {
    Access access =
        Access.DEFAULT
            .withToken(Token.of("secret", "a test"))
            .behind(Proxies.of(List.of("127.0.0.1")));
    Content content = Content.of("model.handspun", ServedNetwork.learned().model());
    try (DigitServer server =
            DigitServer.start(content, Kernels.fastest(), access, "127.0.0.1", 0);
        Nginx nginx = Nginx.start(folder, server.address().getPort())) {
      visitor.open(nginx.address().resolve("?token=secret"));
      visitor.draw(Digit.SEVEN);
      visitor.awaitRead("7");
      assertThat(visitor.js("location.href.replace(location.hash, '')"))
          .isEqualTo(nginx.address().toString());
      assertThat(visitor.js("document.cookie")).isEqualTo("");
      visitor.leave();
    }
  }
}
