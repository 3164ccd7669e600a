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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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

  @ParameterizedTest
  @CsvSource({
    "2, contradict each other, --no-token --token-file pom.xml",
    "2, has other characters, --token-file pom.xml",
    "1, cannot be read, --token-file nowhere",
    "2, scheme and name without a path, --cors https://notes.example/page",
    "2, give a name alone, --allow-host https://notes.example",
    "2, at least 0 and 1, --predictions 0",
    "2, needs its password, --tls-keystore pom.xml",
    "2, give both, --tls-password-file pom.xml",
    "1, is no keystore, --tls-keystore pom.xml --tls-password-file .gitignore",
    "1, There is no keystore nowhere, --tls-keystore nowhere --tls-password-file .gitignore",
    "1, cannot be read, --tls-keystore pom.xml --tls-password-file nowhere"
  })
  void saysInASentenceWhatIsWrongWithWhoMayTalk(int status, String words, String options) {
    assertThat(serve(options.split(" "))).isEqualTo(status);
    assertThat(err.toString()).contains(words).doesNotContain("something went wrong");
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
