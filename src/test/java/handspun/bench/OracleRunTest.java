package handspun.bench;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.data.Dataset;
import handspun.data.MadeUpExamples;
import handspun.network.Topology;
import handspun.train.Plan;
import handspun.train.Trainer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class OracleRunTest {
  @Test
  void printsWhatTheBenchmarkReads() {
    Plan plan = new Plan(new Topology(30, 12, 5), 2, 10, 3f, 1, 1);
    Dataset data = MadeUpExamples.dataset(300, 60, 5, 6, 5, 1);
    StringWriter printed = new StringWriter();
    OracleRun.run(plan, data, new PrintWriter(printed));
    Measurement measurement =
        StepLines.parse(new Child.Ended(printed.toString().lines().toList(), 0), false);
    Trainer.Result result =
        new Trainer(plan, data, new SequentialTrainer(plan, data), List.of()).train();
    assertThat(measurement.steps())
        .extracting(Measurement.Step::accuracy)
        .containsExactly(
            result.epochs().get(0).validationAccuracy(),
            result.epochs().get(1).validationAccuracy());
    assertThat(measurement.allSeconds()).isPositive();
    assertThat(measurement.parametersSha256()).isEqualTo(result.network().sha256());
  }
}
