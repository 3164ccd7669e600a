package handspun.parallel;

import handspun.math.Kernels;
import handspun.math.Share;
import handspun.network.Factors;
import handspun.train.Optimizer;
import handspun.train.WorkingModel;
import handspun.wire.Contribution;

/**
 * The sum where there is one lane: each thread computes the factors of an even share of the
 * mini-batch, whoever owns the examples, and all add the gradients of all, in the order of the
 * mini-batch. No gradient is stored.
 */
sealed class FactorSummation implements Summation permits ScatteredFactorSummation {
  final Team team;
  final LocalExamples examples;

  /** Of the mini-batch, by position. */
  final Factors factors;

  final GradientWorker worker;
  final Share share;
  int first;
  int end;

  FactorSummation(Team team, Factors factors, int partition, Kernels kernels) {
    this.team = team;
    this.factors = factors;
    examples = team.examples();
    worker = new GradientWorker(team.plan(), team.layout(), kernels, team.plan().miniBatch());
    share = team.placement().share(partition);
  }

  static Factory among(Team team) {
    int miniBatch = team.plan().miniBatch();
    Factors factors = new Factors(team.layout(), miniBatch);
    if (!team.hasOthers()) {
      return (partition, kernels, afterStep) ->
          new FactorSummation(team, factors, partition, kernels);
    }
    ReceivedImages[] received = ScatteredFactorSummation.roomForImages(team);
    return (partition, kernels, afterStep) ->
        new ScatteredFactorSummation(team, factors, received, partition, kernels);
  }

  @Override
  public final GradientWorker worker() {
    return worker;
  }

  @Override
  public void compute(int from, int to) {
    first = from;
    end = to;
    int size = to - from;
    int mine = share.from(size);
    worker.clear();
    examples.take(worker, from + mine, from + share.to(size));
    examples.touch(worker, to + mine, to + share.to(size));
    worker.compute(team.parameters(), team.epoch(), team.stepFactor(from, size), factors, mine);
  }

  @Override
  public Contribution contribution() {
    throw new IllegalStateException("All examples are in this process.");
  }

  @Override
  public final void apply(Optimizer optimizer, WorkingModel model, long number, float rate) {
    takeAll();
    float[] target = optimizer.prepare(model, team.layout(), share, number, rate);
    worker.addGradient(factors, target, share);
    optimizer.step(model, team.layout(), share, number, rate);
  }

  /** Has the worker take what its share of the rows needs of all examples of the mini-batch. */
  void takeAll() {
    // Whoever is alone has taken all of them, and needs all of each.
    if (share.parts() > 1) {
      worker.clear();
      examples.take(worker, first, end, share);
    }
  }
}
