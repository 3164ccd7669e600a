package handspun.bench;

import handspun.train.Hyperparameters;
import handspun.train.Plan;
import java.util.List;

/**
 * What every program is given alike: the network and how it is trained.
 *
 * @param name what the user calls it
 * @param plan hyperparameters, with the seed of the first round
 */
record Workload(String name, Plan plan) {

  /**
   * @param round from 1
   * @return this workload with the seed of that round, so that the figures are not those of one
   *     lucky seed
   */
  Workload inRound(int round) {
    return with(plan.epochs(), plan.seed() + round - 1);
  }

  /**
   * @param epochs instead of its own
   * @return the changed workload
   * @throws handspun.UsageException if they are fewer than 1
   */
  Workload withEpochs(int epochs) {
    return with(epochs, plan.seed());
  }

  private Workload with(int epochs, long seed) {
    return new Workload(
        name, plan.with(Hyperparameters.EPOCHS, epochs).with(Hyperparameters.SEED, seed));
  }

  /** {@return the layers as options have them: 784,16,16,10} */
  String layers() {
    return plan.topology().toString().replace('-', ',');
  }

  /** {@return what all programs are told in the same words} */
  List<String> options() {
    return List.of(
        "--layers",
        layers(),
        "--batch",
        String.valueOf(plan.miniBatch()),
        "--rate",
        String.valueOf(plan.learningRate()),
        "--epochs",
        String.valueOf(plan.epochs()),
        "--seed",
        String.valueOf(plan.seed()));
  }

  @Override
  public String toString() {
    return String.format(
        "%s: %s, mini-batch %d, learning rate %s, %s",
        name,
        plan.topology(),
        plan.miniBatch(),
        plan.learningRate(),
        Figures.count(plan.epochs(), "epoch"));
  }
}
