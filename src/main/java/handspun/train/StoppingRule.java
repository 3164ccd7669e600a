package handspun.train;

import handspun.network.Network;

/**
 * When training ends before its last epoch: when for some epochs in a row no more validation
 * examples were correct than in the best epoch before them ("no improvement in n", Nielsen, "Neural
 * Networks and Deep Learning", chapter 3, "How to choose a neural network's hyper-parameters?").
 * Then, and if it comes to its last epoch, the network of the best epoch is kept, the first of
 * equals.
 *
 * <p>It counts whole numbers, which are the same wherever they are counted, and asks nothing but
 * the state, so a training that is resumed ends like one that was never stopped.
 *
 * @param patience epochs without a better one, after which training ends; 0 for never, which keeps
 *     the last epoch's network
 */
public record StoppingRule(int patience) {

  /** {@return the rule of a plan} */
  public static StoppingRule of(Plan plan) {
    return new StoppingRule(plan.get(Hyperparameters.PATIENCE));
  }

  /** {@return whether training ends with this state, whatever its plan says of epochs} */
  public boolean ends(TrainingState state) {
    return keepsBest() && state.epochsDone() - state.bestEpoch() >= patience;
  }

  /** {@return whether the best epoch's network is kept, not the last one's} */
  public boolean keepsBest() {
    return patience > 0;
  }

  /** {@return the network that is kept if training ends with this state} */
  public Network network(TrainingState state) {
    return keepsBest() ? state.best() : state.network();
  }

  /** {@return how many epochs are behind that network} */
  int epochs(TrainingState state) {
    return keepsBest() ? state.bestEpoch() : state.epochsDone();
  }
}
