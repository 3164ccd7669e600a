package handspun.cli;

import static handspun.train.Hyperparameters.PATIENCE;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.files.Location;
import handspun.math.Kernels;
import handspun.network.Network;
import handspun.network.QuadraticCost;
import handspun.network.Topology;
import handspun.parallel.PartitionChoice;
import handspun.run.Engine;
import handspun.run.Trained;
import handspun.run.TrainingRun;
import handspun.spark.Aggregation;
import handspun.train.Acceptance;
import handspun.train.EpochSummary;
import handspun.train.Evaluation;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What people and machines are told of the network that is saved. */
class TrainingEndTest {
  private final Dataset data = MadeUpExamples.dataset(30, 6, 5, 6, 5, 1);
  private final Plan plan = new Plan(new Topology(30, 5), 9, 10, 0.5f, 1, 1);
  private final Network network = plan.initialNetwork();
  private final Evaluation test =
      Evaluation.of(network, new QuadraticCost(), data.test(), Kernels.fastest());

  private TrainingRun run(int patience) {
    return new TrainingRun(
        plan.with(PATIENCE, patience),
        data,
        new Engine.Description("threads", Optional.empty(), Optional.empty(), Map.of()),
        PartitionChoice.asTold(1),
        Location.of(Path.of("run")),
        OptionalInt.empty());
  }

  private Trainer.Result result(int epochs, int kept) {
    List<EpochSummary> all =
        IntStream.rangeClosed(1, epochs)
            .mapToObj(epoch -> new EpochSummary(epoch, 0.5, 3, 6, 1, List.of(30)))
            .toList();
    return new Trainer.Result(network, kept, all, Optional.empty());
  }

  private Trained trained(TrainingRun run, Trainer.Result result) {
    return new Trained(run, result, test, Optional.empty());
  }

  private String said(TrainingRun run, Trainer.Result result) {
    return said(trained(run, result));
  }

  private static String said(Trained trained) {
    StringWriter out = new StringWriter();
    new TrainingConsole(new PrintWriter(out)).end(trained);
    return out.toString();
  }

  private JsonNode json(TrainingRun run, Trainer.Result result) throws IOException {
    return json(trained(run, result));
  }

  private static JsonNode json(Trained trained) throws IOException {
    return new ObjectMapper().readTree(TrainingJson.line(trained, Aggregation.EXCHANGE));
  }

  @Test
  void theAcceptanceIsTold() throws IOException {
    Trained trained =
        new Trained(run(0), result(9, 9), test, Optional.of(new Acceptance(0.625f, 0.25f)));
    assertThat(said(trained).lines())
        .contains(
            "accepts   a score of 0.6250 or more as a digit, as 97 % of the validation images have;"
                + " unsure if the two largest outputs are less than 0.2500 apart");
    assertThat(json(trained).get("acceptance").toString())
        .isEqualTo("{\"leastScore\":0.625,\"leastMargin\":0.25}");
  }

  @Test
  void thatThereIsNoAcceptanceIsTold() throws IOException {
    assertThat(said(run(0), result(9, 9)).lines())
        .contains(
            "accepts   everything as a digit: there are no validation images to choose a threshold by");
    assertThat(json(run(0), result(9, 9)).get("acceptance").isNull()).isTrue();
  }

  @Test
  void patienceTellsTheBestEpochAndAnEarlyEnd() throws IOException {
    assertThat(said(run(2), result(6, 4)))
        .contains(
            "best      epoch 4, whose network is saved; training ended after epoch 6 (patience 2)");
    assertThat(json(run(2), result(6, 4)).get("bestEpoch").intValue()).isEqualTo(4);
    assertThat(json(run(2), result(6, 4)).get("epochSeconds")).hasSize(6);
    assertThat(said(run(2), result(9, 8)).lines())
        .contains("best      epoch 8, whose network is saved");
  }

  @Test
  void withoutPatienceNothingIsSaid() throws IOException {
    assertThat(said(run(0), result(9, 9))).doesNotContain("best");
    assertThat(json(run(0), result(9, 9)).has("bestEpoch")).isFalse();
  }
}
