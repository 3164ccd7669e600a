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

/** People and machines are told which epoch's network is saved, if that was chosen. */
class BestEpochTest {
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

  private String said(TrainingRun run, Trainer.Result result) {
    StringWriter out = new StringWriter();
    new TrainingConsole(new PrintWriter(out)).end(new Trained(run, result, test, Optional.empty()));
    return out.toString();
  }

  private JsonNode json(TrainingRun run, Trainer.Result result) throws IOException {
    return new ObjectMapper()
        .readTree(
            TrainingJson.line(
                new Trained(run, result, test, Optional.empty()), Aggregation.EXCHANGE));
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
