package handspun.run;

import handspun.train.EpochSummary;

/**
 * How the training with one of several seeds came out.
 *
 * @param epochs epochs behind the network
 * @param validationAccuracy of that network, 0..1; NaN without validation examples
 * @param testCorrect correct test examples, 0..testTotal
 * @param testTotal number of test examples
 * @param seconds of all epochs
 * @param sha256 of its parameters
 */
public record SeedFigures(
    long seed,
    int epochs,
    double validationAccuracy,
    int testCorrect,
    int testTotal,
    double seconds,
    String sha256) {

  static SeedFigures of(Trained trained) {
    return new SeedFigures(
        trained.run().plan().seed(),
        trained.result().goodEpochs(),
        trained.result().lastGoodEpoch().map(EpochSummary::validationAccuracy).orElse(Double.NaN),
        trained.test().correct(),
        trained.test().total(),
        trained.seconds(),
        trained.network().sha256());
  }

  /** {@return testCorrect / testTotal, 0..1} */
  public double testAccuracy() {
    return (double) testCorrect / testTotal;
  }
}
