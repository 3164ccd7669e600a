package handspun.cli;

import static handspun.cli.Trainings.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import handspun.cli.Shell.Result;
import handspun.files.Location;
import handspun.store.CheckpointFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A run whose folder is on a file system of Hadoop: {@code viewfs:}, which leads to this machine.
 */
class HadoopIT {
  private static final String RUN = "viewfs://elsewhere/there/run";

  @TempDir private Path folder;

  @BeforeEach
  void tellHadoopTheWay() throws IOException {
    Files.writeString(
        Files.createDirectory(folder.resolve("conf")).resolve("core-site.xml"),
        """
        <configuration>
          <property>
            <name>fs.viewfs.mounttable.elsewhere.link./there</name>
            <value>%s</value>
          </property>
        </configuration>
        """
            .formatted(Files.createDirectory(folder.resolve("there")).toUri()));
  }

  private Shell.Running handspun(String... words) throws IOException {
    Trainings trainings = new Trainings(folder);
    return trainings
        .shell()
        .with("HADOOP_CONF_DIR", folder.resolve("conf").toString())
        .start(trainings.command(words));
  }

  @Test
  void goesOnAfterItWasKilledAndServesItsModelFromThere() throws Exception {
    Path there = folder.resolve("there/run");
    Shell.Running running =
        handspun(
            "train",
            "--run",
            RUN,
            "--epochs",
            "100000",
            "--batch",
            "1000",
            "--validation",
            "50000");
    Path checkpoint = there.resolve("checkpoint.handspun");
    while (!Files.exists(checkpoint)) {
      assertThat(running.process().isAlive()).as("training is on its way").isTrue();
      Thread.sleep(20);
    }
    running.process().destroyForcibly().waitFor();
    int saved = CheckpointFile.read(Location.of(checkpoint)).state().epochsDone();
    String epochs = String.valueOf(saved + 2);

    JsonNode resumed = json(handspun("train", "--resume", RUN, "--epochs", epochs, "--json"));
    JsonNode undisturbed =
        json(handspun("train", "--config", RUN + "/plan.conf", "--run", "here", "--json"));
    assertThat(resumed.get("resumedAfterEpoch").intValue()).isEqualTo(saved);
    assertThat(resumed.get("parametersSha256")).isEqualTo(undisturbed.get("parametersSha256"));
    assertThat(resumed.get("model").textValue()).isEqualTo(RUN + "/model.handspun");
    assertThat(Files.mismatch(there.resolve("curve.svg"), folder.resolve("here/curve.svg")))
        .isEqualTo(-1);

    JsonNode evaluated = json(handspun("evaluate", RUN + "/model.handspun", "--json"));
    assertThat(evaluated.get("testCorrect")).isEqualTo(undisturbed.get("testCorrect"));
    assertThat(there.resolve("model-mistakes.png")).exists();
    Result again = handspun("train", "--run", RUN).await();
    assertThat(again.exit()).isEqualTo(2);
    assertThat(again.err()).contains("The run's folder " + RUN + " is not empty");
  }

  @Test
  void aFileSystemThatNobodyKnowsIsNamed() throws Exception {
    for (String[] words :
        new String[][] {
          {"train", "--run", "s4:/bucket/run"}, {"evaluate", "s4:/bucket/model.handspun"}
        }) {
      Result result = handspun(words).await();
      assertThat(result.exit()).as(words[1]).isEqualTo(1);
      assertThat(result.err())
          .contains("no file system is known for s4", words[words.length - 1])
          .doesNotContain("\tat ");
    }
  }
}
