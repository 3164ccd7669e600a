package handspun.cli;

import static handspun.cli.Trainings.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import handspun.cli.Shell.Result;
import handspun.files.Location;
import handspun.network.Network;
import handspun.store.KeptEpochs;
import handspun.store.ModelFile;
import handspun.train.PinnedPlan;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
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
  void goesOnWithARunThereAndReadsItsModelFromThere() throws Exception {
    JsonNode halfWay =
        json(handspun("train", "--preset", "seed", "--run", RUN, "--epochs", "1", "--json"));
    assertThat(halfWay.get("run").textValue()).isEqualTo(RUN);
    JsonNode resumed = json(handspun("train", "--resume", RUN, "--epochs", "2", "--json"));
    assertThat(resumed.get("resumedAfterEpoch").intValue()).isEqualTo(1);
    assertThat(resumed.get("parametersSha256").textValue()).isEqualTo(PinnedPlan.DEFAULT.sha256());
    assertThat(resumed.get("model").textValue()).isEqualTo(RUN + "/model.handspun");

    JsonNode evaluated = json(handspun("evaluate", RUN + "/model.handspun", "--json"));
    assertThat(evaluated.get("testCorrect")).isEqualTo(resumed.get("testCorrect"));
    try (Stream<Path> files = Files.list(folder.resolve("there/run"))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .contains("checkpoint.handspun", "metrics.csv", "plan.conf", "curve.svg")
          .contains("confusion.svg", "model.handspun", "model-mistakes.png");
    }
    Location run = Location.of(folder.resolve("there/run"));
    Network last = ModelFile.read(run.resolve("model.handspun")).network();
    KeptEpochs kept = new KeptEpochs(run);
    assertThat(kept.epochs()).containsExactly(0, 1, 2);
    assertThat(kept.network(2, last).sha256()).isEqualTo(PinnedPlan.DEFAULT.sha256());
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
