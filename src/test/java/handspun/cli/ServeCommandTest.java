package handspun.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What keeps the server from starting; {@link ServeIT} sees it start. */
class ServeCommandTest {
  private static final String HOME = "handspun.home";

  @TempDir private Path folder;

  private final StringWriter err = new StringWriter();

  private int serve(String... args) {
    String[] command = new String[args.length + 1];
    command[0] = "serve";
    System.arraycopy(args, 0, command, 1, args.length);
    return Main.run(List.of(), new PrintWriter(new StringWriter()), new PrintWriter(err), command);
  }

  @AfterEach
  void goHome() {
    System.clearProperty(HOME);
  }

  @Test
  void saysToTrainFirstWhenThereIsNoModel() {
    System.setProperty(HOME, folder.toString());
    assertThat(serve()).isEqualTo(1);
    assertThat(err.toString()).contains("no model", "runs", "bin/handspun train", "--model");
  }

  @Test
  void namesTheBrokenModelWhenThereIsNoOther() throws IOException {
    System.setProperty(HOME, folder.toString());
    Path run = Files.createDirectories(folder.resolve("runs").resolve("broken"));
    Files.writeString(run.resolve("model.handspun"), "HANDSPUN");
    assertThat(serve()).isEqualTo(1);
    assertThat(err.toString()).contains("broken", "was cut off");
  }

  @Test
  void refusesAFolderForDrawingsThatHoldsOtherThings() {
    String model = Path.of("data", "models", "drawn.handspun").toString();
    assertThat(serve("--model", model, "--port", "0", "--collect", "data/mnist")).isEqualTo(2);
    assertThat(err.toString()).contains("data/mnist", "other things", "--collect");
  }

  @Test
  void refusesAModelThatIsMissingOrNone() {
    assertThat(serve("--model", "nowhere.handspun")).isEqualTo(1);
    assertThat(err.toString()).contains("nowhere.handspun");
    assertThat(serve("--model", "pom.xml")).isEqualTo(1);
    assertThat(err.toString()).contains("pom.xml");
  }

  @Test
  void refusesAnAccessLogThatItCannotWrite() {
    assertThat(serve("--access-log", folder.toString())).isEqualTo(2);
    assertThat(err.toString()).contains(folder.toString(), "--access-log");
    String file = folder.resolve("log").toString();
    assertThat(serve("--access-log", file, "--access-log-format", "xml")).isEqualTo(2);
    assertThat(err.toString()).contains("xml", "combined or json");
  }

  @Test
  void refusesAPortThatIsNoNumber() {
    assertThat(serve("--port", "http")).isEqualTo(2);
    assertThat(err.toString()).contains("--port", "http");
  }
}
