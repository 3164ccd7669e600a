package handspun.cli;

import static handspun.cli.Trainings.sha256;
import static handspun.cli.Trainings.words;
import static org.assertj.core.api.Assertions.assertThat;

import handspun.cli.Shell.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Clusters on which others may listen in, and what only the driver's user knows. */
@Tag("cluster")
class ClusterSecretsIT {
  private static final String KEY = "MARKED-KEY-OF-HADOOP";
  private static final String DATA = "viewfs://elsewhere/there/data";

  @TempDir private Path folder;

  private static String[] options(String text) {
    return text.split(" ");
  }

  @Test
  void anEncryptedExchangeGivesTheSameBits() throws Exception {
    Trainings trainings = new Trainings(folder);
    String[] plan = options("--preset seed --epochs 2");
    String expected = trainings.sha256(words(plan, "--master", "local[1]"));
    String[] spark =
        options(
            "--master local-cluster[2,1,1024] --partitions 2 --spark"
                + " --conf spark.authenticate.secret=between-all-processes"
                + " --conf spark.authenticate=true --conf spark.network.crypto.enabled=true");
    for (String encryption : List.of("auto", "off")) {
      String setting = "spark.handspun.exchange.encryption=" + encryption;
      Result result = trainings.run(words(words(plan, spark), "--conf", setting));
      assertThat(sha256(result)).as(encryption).isEqualTo(expected);
      assertThat(result.out()).doesNotContain("run again");
      Proofs.note("authenticated Spark, encryption " + encryption, expected);
    }
  }

  /**
   * The Workers were started without HADOOP_CONF_DIR, so their executors know it from the driver.
   */
  @Test
  void executorsLearnHadoopsSettingsAndNobodyElseDoes() throws Exception {
    Path conf = tellHadoop();
    Trainings trainings = new Trainings(folder);
    Shell told = trainings.shell().with("HADOOP_CONF_DIR", conf.toString());
    try (TestCluster cluster = TestCluster.start(folder, 2, 1)) {
      Result generated =
          told.run(
              trainings.command(
                  options(
                      "generate --images 4000 --out " + DATA + " --master " + cluster.master())));
      assertThat(generated.exit()).as(generated.err()).isZero();
      String[] plan =
          options("--preset seed --batch 400 --epochs 2 --validation 400 --data " + DATA);
      String expected = sha256(trainings.start(told, words(plan, "--master", "local[1]")).await());
      for (String aggregate : List.of("exchange", "jobs")) {
        Path events = Files.createDirectory(folder.resolve("events-" + aggregate));
        Result result =
            trainings
                .start(
                    told,
                    words(
                        plan,
                        "--master",
                        cluster.master(),
                        "--partitions",
                        "2",
                        "--aggregate",
                        aggregate,
                        "--event-log",
                        events.toString(),
                        "--spark",
                        "--conf",
                        "spark.eventLog.compress=false"))
                .await();
        assertThat(sha256(result)).as(aggregate).isEqualTo(expected);
        assertThat(all(events)).contains("mounttable.elsewhere").doesNotContain(KEY);
        Proofs.note("data known by the driver's HADOOP_CONF_DIR, " + aggregate, expected);
      }
    }
  }

  private Path tellHadoop() throws IOException {
    Path conf = Files.createDirectory(folder.resolve("conf"));
    Files.writeString(
        conf.resolve("core-site.xml"),
        """
        <configuration>
          <property>
            <name>fs.viewfs.mounttable.elsewhere.link./there</name>
            <value>%s</value>
          </property>
          <property>
            <name>fs.s3a.secret.key</name>
            <value>%s</value>
          </property>
        </configuration>
        """
            .formatted(Files.createDirectory(folder.resolve("there")).toUri(), KEY));
    return conf;
  }

  private static String all(Path folder) throws IOException {
    StringBuilder all = new StringBuilder();
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file));
      }
    }
    return all.toString();
  }
}
