package handspun.bench;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.image.Augmentation;
import handspun.image.Augmenter;
import handspun.image.Redrawer;
import handspun.image.TracedImages;
import handspun.math.Exp;
import handspun.math.Kernels;
import handspun.math.Power;
import handspun.math.RandomStream;
import handspun.math.RandomUse;
import handspun.math.Share;
import handspun.network.Activation;
import handspun.network.Cost;
import handspun.network.Outputs;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.EpochStart;
import handspun.train.Hyperparameters;
import handspun.train.ModelState;
import handspun.train.OptimizerChoice;
import handspun.train.Plan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

/**
 * The oracle: mini-batch gradient descent in one thread, without Spark and without the program's
 * kernels, backpropagation, lane tree or partitions. It is written from the definitions, as plainly
 * as they can be put, and whatever the program computes must equal it to the last bit. The tests
 * compare everything with it, and {@code bench train} measures it; nothing else uses it.
 */
public final class SequentialTrainer implements EpochRunner {
  private final Plan plan;
  private final Dataset data;
  private final Topology net;
  private final Cost measure;
  private final Activation activation;
  private final OptimizerChoice optimizer;

  /** Momentum. */
  private final float mu;

  private final float dropout;

  /**
   * @param plan hyperparameters, which fit the data
   * @param data what is to be learned
   */
  public SequentialTrainer(Plan plan, Dataset data) {
    this.plan = plan;
    this.data = data;
    this.net = plan.topology();
    this.measure = plan.get(Hyperparameters.COST);
    this.activation = plan.get(Hyperparameters.ACTIVATION);
    this.optimizer = plan.get(Hyperparameters.OPTIMIZER);
    this.mu = plan.get(Hyperparameters.MOMENTUM);
    this.dropout = plan.get(Hyperparameters.DROPOUT);
  }

  /** What the network sees of an image that it reads. */
  private byte[] read(Examples examples, int example) {
    byte[] seen = new byte[net.inputs()];
    plan.get(Hyperparameters.PREPROCESS)
        .step(examples.rows(), examples.columns())
        .apply(examples.inputs().pixels(example), seen, 0);
    return seen;
  }

  /** What the network sees of an image that it learns from in an epoch. */
  private byte[] learned(Examples examples, int example, int epoch) {
    if (plan.get(Hyperparameters.AUGMENT).isNone()) {
      return read(examples, example);
    }
    Augmentation augmentation = plan.get(Hyperparameters.AUGMENT);
    byte[] image = examples.inputs().pixels(example);
    int label = examples.label(example);
    byte[] augmented = new byte[net.inputs()];
    RandomStream random = augmenting(epoch, example);
    boolean draws = augmentation.redraw() > 0 || augmentation.negatives() > 0;
    if (draws && random.nextDouble() < augmentation.negatives()) {
      Redrawer.ofAnyHand(new TracedImages()).drawNone(image, label, example, random, augmented, 0);
    } else if (draws && random.nextDouble() < augmentation.redraw()) {
      Redrawer.ofAnyHand(new TracedImages()).draw(image, label, example, random, augmented, 0);
    } else if (augmentation.changesPixels()) {
      new Augmenter(augmentation, examples.rows(), examples.columns(), Kernels.fastest())
          .augment(image, random, augmented, 0);
    } else {
      augmented = image;
    }
    byte[] seen = new byte[net.inputs()];
    plan.get(Hyperparameters.PREPROCESS)
        .step(examples.rows(), examples.columns())
        .apply(augmented, seen, 0);
    return seen;
  }

  private RandomStream augmenting(int epoch, int example) {
    return new RandomStream(RandomUse.AUGMENTATION, plan.seed(), epoch, example, 0);
  }

  /** Parameters, and vectors that are remembered. */
  private record Model(float[] p, List<float[]> memory) {}

  @Override
  public Outcome run(EpochStart start) {
    int epoch = start.epoch();
    Model model = new Model(start.model().parameters(), start.model().memory());
    double cost = 0;
    int n = data.training().count();
    int inAnEpoch = (n + plan.miniBatch() - 1) / plan.miniBatch();
    List<List<Integer>> lanes = shuffledLanes(epoch, n);
    int[] next = new int[plan.lanes()];
    for (int done = 0; done < n; ) {
      int round = (int) Math.min((long) plan.miniBatch() * plan.localSteps(), n - done);
      Model common = model;
      Model[] replicas = new Model[plan.lanes()];
      Arrays.fill(replicas, common);
      for (int size, from = 0; from < round; from += size) {
        size = Math.min(plan.miniBatch(), round - from);
        long number = (epoch - 1L) * inAnEpoch + (done + from) / plan.miniBatch() + 1;
        float eta = learningRate(number - 1, inAnEpoch, start.stalls());
        List<List<Integer>> shares = new ArrayList<>();
        for (int l = 0; l < plan.lanes(); l++) {
          int share = size * (l + 1) / plan.lanes() - size * l / plan.lanes();
          shares.add(lanes.get(l).subList(next[l], next[l] + share));
          next[l] += share;
        }
        if (plan.localSteps() == 1) {
          int m = size;
          double[] sum = new double[1];
          model =
              step(
                  common,
                  number,
                  inAnEpoch,
                  eta,
                  target -> sum[0] += addSum(common.p, epoch, shares, factor(eta) / m, target));
          cost += sum[0];
          continue;
        }
        for (int l = 0; l < plan.lanes(); l++) {
          List<Integer> own = shares.get(l);
          if (!own.isEmpty()) {
            float[] p = replicas[l].p;
            float scale = factor(eta) / own.size();
            double[] sum = new double[1];
            replicas[l] =
                step(
                    replicas[l],
                    number,
                    inAnEpoch,
                    eta,
                    target -> sum[0] += addSteps(p, epoch, own, scale, target));
            cost += sum[0];
          }
        }
      }
      model = plan.localSteps() == 1 ? model : mean(common, replicas);
      done += round;
    }
    ModelState state = new ModelState(model.p, model.memory);
    return new Outcome(state, cost / n, correct(plan.parameters(state)), List.of(n), List.of());
  }

  /** Adds what a mini-batch asks for, lane by lane; gives its cost. */
  private double addSum(
      float[] p, int epoch, List<List<Integer>> shares, float scale, float[] target) {
    // With one lane, what its examples ask for is added straight to where it belongs.
    if (shares.size() == 1) {
      return addSteps(p, epoch, shares.get(0), scale, target);
    }
    double cost = 0;
    float[][] gradients = new float[shares.size()][p.length];
    for (int l = 0; l < gradients.length; l++) {
      cost += addSteps(p, epoch, shares.get(l), scale, gradients[l]);
    }
    float[] sum = treeSum(gradients);
    for (int t = 0; t < target.length; t++) {
      target[t] += sum[t];
    }
    return cost;
  }

  /** The mean of replicas, which have come from a common model. */
  private static Model mean(Model common, Model[] replicas) {
    float[][] parameters = Arrays.stream(replicas).map(Model::p).toArray(float[][]::new);
    List<float[]> memory = new ArrayList<>();
    for (int m = 0; m < common.memory.size(); m++) {
      int which = m;
      float[] from = common.memory.get(m);
      float[][] all =
          Arrays.stream(replicas).map(one -> one.memory.get(which)).toArray(float[][]::new);
      memory.add(plus(from, treeSum(distances(all, from))));
    }
    return new Model(plus(common.p, treeSum(distances(parameters, common.p))), memory);
  }

  /** What gradients are multiplied by. */
  private float factor(float eta) {
    return optimizer == OptimizerChoice.ADAM ? -1 : -eta;
  }

  /** One step of the optimizer, which is given a mini-batch's sum by having it added. */
  private Model step(Model from, long number, int inAnEpoch, float eta, Consumer<float[]> addSum) {
    float[] w = decayed(from.p, eta);
    List<float[]> memory = new ArrayList<>();
    if (optimizer == OptimizerChoice.ADAM) {
      float[] g = new float[w.length];
      addSum.accept(g);
      float[] m = from.memory.get(0).clone();
      float[] v = from.memory.get(1).clone();
      float beta2 = plan.get(Hyperparameters.SECOND_MOMENTUM);
      float unbiased = (float) (1 / (1 - Power.of(beta2, (double) number)));
      float rate = (float) (eta / (1 - Power.of(mu, (double) number)));
      for (int t = 0; t < w.length; t++) {
        m[t] = mu * m[t] + (1 - mu) * g[t];
        v[t] = beta2 * v[t] + (1 - beta2) * (g[t] * g[t]);
        w[t] += rate * m[t] / ((float) Math.sqrt(v[t] * unbiased) + 1e-8f);
      }
      memory.addAll(List.of(m, v));
    } else if (mu == 0) {
      addSum.accept(w);
    } else {
      float[] v = times(mu, from.memory.get(0));
      boolean ahead = optimizer == OptimizerChoice.NESTEROV;
      w = ahead ? plus(w, times(-1, v)) : w;
      addSum.accept(v);
      w = plus(w, ahead ? times(1 + mu, v) : v);
      memory.add(v);
    }
    float epochs = plan.get(Hyperparameters.AVERAGE);
    if (epochs > 0) {
      double steps = Math.max(1.0, (double) epochs * inAnEpoch);
      double kept = Math.min(1 - 1 / steps, (number - 1.0) / (number + 9.0));
      float part = (float) (1 - kept);
      float[] average = from.memory.get(memory.size()).clone();
      for (int t = 0; t < w.length; t++) {
        average[t] += part * (w[t] - average[t]);
      }
      memory.add(average);
    }
    return new Model(w, memory);
  }

  /** A copy in which every weight, but no bias, is smaller. */
  private float[] decayed(float[] p, float eta) {
    float[] w = p.clone();
    float lambda = plan.get(Hyperparameters.WEIGHT_DECAY);
    if (lambda > 0) {
      for (int l = 1; l < net.layers(); l++) {
        for (int t = net.weightsAt(l); t < net.biasesAt(l); t++) {
          w[t] *= 1 - eta * lambda;
        }
      }
    }
    return w;
  }

  /**
   * Of a mini-batch.
   *
   * @param before mini-batches of the training before it
   */
  private float learningRate(long before, int inAnEpoch, int stalls) {
    float eta = plan.learningRate();
    long warmUp = Math.round(plan.get(Hyperparameters.WARM_UP) * (double) inAnEpoch);
    if (before < warmUp) {
      return (float) (eta * (before + 1.0) / warmUp);
    }
    double ratio = plan.get(Hyperparameters.RATE_FACTOR);
    int every = plan.get(Hyperparameters.RATE_EPOCHS);
    double epochs = (double) before / inAnEpoch;
    double factor =
        switch (plan.get(Hyperparameters.SCHEDULE)) {
          case CONSTANT -> 1;
          case STEP -> Power.of(ratio, Math.floor(epochs / every));
          case EXPONENTIAL -> Power.of(ratio, epochs / every);
          case COSINE -> {
            long all = (long) plan.epochs() * inAnEpoch - warmUp;
            yield (1 + StrictMath.cos(Math.PI * ((double) (before - warmUp) / all))) / 2;
          }
          case PLATEAU -> Power.of(ratio, stalls);
        };
    return (float) (eta * factor);
  }

  private static float[] times(float factor, float[] vector) {
    float[] product = new float[vector.length];
    for (int t = 0; t < vector.length; t++) {
      product[t] = factor * vector[t];
    }
    return product;
  }

  private static float[] plus(float[] one, float[] other) {
    float[] sum = new float[one.length];
    for (int t = 0; t < one.length; t++) {
      sum[t] = one[t] + other[t];
    }
    return sum;
  }

  /** How far vectors are from a common one, each a part of the mean. */
  private static float[][] distances(float[][] vectors, float[] common) {
    float[][] distances = new float[vectors.length][common.length];
    for (int l = 0; l < vectors.length; l++) {
      for (int t = 0; t < common.length; t++) {
        distances[l][t] = (vectors[l][t] - common[t]) / vectors.length;
      }
    }
    return distances;
  }

  private static float[] treeSum(float[][] lanes) {
    return treeSum(lanes, 0, Integer.highestOneBit(2 * lanes.length - 1));
  }

  /** Adds the steps that examples ask for, from where p is; gives their cost. */
  private double addSteps(
      float[] p, int epoch, List<Integer> examples, float scale, float[] target) {
    double cost = 0;
    for (int example : examples) {
      float[][] dropped = dropped(epoch, example);
      float[][] all = new float[net.layers()][];
      float[][] a = feedforward(p, learned(data.training(), example, epoch), dropped, all);
      float[] y = wanted(data.training(), example, epoch);
      cost += measure.of(y, 0, a[a.length - 1], 0, net.outputs());
      addGradient(a, deltas(p, a, all, dropped, y, scale), target);
    }
    return cost;
  }

  /** The outputs that are wanted. */
  private float[] wanted(Examples examples, int example, int epoch) {
    float smoothing = plan.get(Hyperparameters.LABEL_SMOOTHING);
    float[] y = new float[net.outputs()];
    double negatives = plan.get(Hyperparameters.AUGMENT).negatives();
    if (augmenting(epoch, example).nextDouble() < negatives) {
      Arrays.fill(y, measure.outputs() == Outputs.SOFTMAX ? 1f / y.length : 0);
      return y;
    }
    Arrays.fill(y, smoothing / y.length);
    y[examples.label(example)] = 1 - smoothing + smoothing / y.length;
    if (examples.isTaught()) {
      float share = plan.get(Hyperparameters.TEACHER_SHARE);
      for (int o = 0; o < y.length; o++) {
        y[o] = (1 - share) * y[o] + share * examples.answers()[example * y.length + o];
      }
    }
    return y;
  }

  /** What the activation of each hidden unit is multiplied by for an example of an epoch. */
  private float[][] dropped(int epoch, int example) {
    float[][] factors = new float[net.layers()][];
    for (int l = 1; l < net.layers() - 1; l++) {
      factors[l] = new float[net.size(l)];
      RandomStream random = new RandomStream(RandomUse.DROPOUT, plan.seed(), epoch, example, l);
      long bits = 0;
      for (int o = 0; o < net.size(l); o++) {
        // Four numbers of 16 bits each.
        bits = o % 4 == 0 ? random.nextLong() : bits >>> 16;
        boolean drop = (bits & 0xffff) < Math.round(dropout * 65536);
        factors[l][o] = drop ? 0 : 1 / (1 - dropout);
      }
    }
    return factors;
  }

  private List<List<Integer>> shuffledLanes(int epoch, int n) {
    int full = n / plan.miniBatch();
    int rest = n % plan.miniBatch();
    List<List<Integer>> lanes = new ArrayList<>();
    int first = 0;
    for (int l = 0; l < plan.lanes(); l++) {
      Share share = new Share(l, plan.lanes());
      int[] own = new int[full * share.size(plan.miniBatch()) + share.size(rest)];
      int start = first;
      Arrays.setAll(own, i -> start + i);
      first += own.length;
      new RandomStream(RandomUse.ORDER, plan.seed(), epoch, l).shuffle(own);
      lanes.add(Arrays.stream(own).boxed().toList());
    }
    return lanes;
  }

  /** The sum of {@code width} lanes from {@code from}, halves first; null if there are none. */
  private static float[] treeSum(float[][] lanes, int from, int width) {
    if (from >= lanes.length) {
      return null;
    }
    if (width == 1) {
      return lanes[from];
    }
    float[] left = treeSum(lanes, from, width / 2).clone();
    float[] right = treeSum(lanes, from + width / 2, width / 2);
    if (right != null) {
      for (int t = 0; t < left.length; t++) {
        left[t] += right[t];
      }
    }
    return left;
  }

  /**
   * @param dropped what hidden units are multiplied by
   * @param all receives their activations before that
   */
  private float[][] feedforward(float[] p, byte[] pixels, float[][] dropped, float[][] all) {
    float[][] a = new float[net.layers()][];
    a[0] = new float[pixels.length];
    for (int i = 0; i < pixels.length; i++) {
      a[0][i] = (pixels[i] & 0xff) / 255f;
    }
    for (int l = 1; l < net.layers(); l++) {
      a[l] = new float[net.size(l)];
      for (int o = 0; o < net.size(l); o++) {
        // A narrow first layer has four sums, which its inked pixels go to in turn.
        float[] z = new float[l == 1 && net.size(l) <= 16 ? 4 : 1];
        z[0] = p[net.biasesAt(l) + o];
        int terms = 0;
        for (int i = 0; i < net.size(l - 1); i++) {
          // A pixel of the background is left out; 0 * w would only matter for an infinite w.
          if (l > 1 || a[0][i] != 0) {
            int s = terms++ % z.length;
            z[s] = Math.fma(a[l - 1][i], weight(p, l, i, o), z[s]);
          }
        }
        float sum = z.length == 4 ? (z[0] + z[1]) + (z[2] + z[3]) : z[0];
        a[l][o] = sum;
      }
      if (l == net.layers() - 1) {
        activateOutputs(a[l]);
        continue;
      }
      all[l] = new float[net.size(l)];
      for (int o = 0; o < net.size(l); o++) {
        all[l][o] = activate(a[l][o]);
        a[l][o] = dropout == 0 ? all[l][o] : all[l][o] * dropped[l][o];
      }
    }
    return a;
  }

  private float activate(float z) {
    return switch (activation) {
      case SIGMOID -> 1f / (1f + Exp.exp(-z));
      case TANH -> Math.fma(2, 1f / (1f + Exp.exp(-2 * z)), -1);
      case RELU -> Math.max(0, z);
    };
  }

  private void activateOutputs(float[] z) {
    if (measure.outputs() == Outputs.SIGMOID) {
      for (int o = 0; o < z.length; o++) {
        z[o] = 1f / (1f + Exp.exp(-z[o]));
      }
      return;
    }
    float largest = Float.NEGATIVE_INFINITY;
    for (float one : z) {
      largest = Math.max(largest, one);
    }
    float sum = 0;
    for (int o = 0; o < z.length; o++) {
      z[o] = Exp.exp(z[o] - largest);
      sum += z[o];
    }
    for (int o = 0; o < z.length; o++) {
      z[o] /= sum;
    }
  }

  private float[][] deltas(
      float[] p, float[][] a, float[][] all, float[][] dropped, float[] y, float scale) {
    int last = net.layers() - 1;
    float[][] deltas = new float[net.layers()][];
    deltas[0] = new float[0];
    deltas[last] = new float[net.outputs()];
    for (int o = 0; o < net.outputs(); o++) {
      deltas[last][o] = notNegligible(measure.delta(a[last][o], y[o]) * scale);
    }
    for (int l = last - 1; l > 0; l--) {
      deltas[l] = new float[net.size(l)];
      for (int i = 0; i < net.size(l); i++) {
        float back = 0;
        for (int o = 0; o < net.size(l + 1); o++) {
          back = Math.fma(weight(p, l + 1, i, o), deltas[l + 1][o], back);
        }
        float output = all[l][i];
        deltas[l][i] =
            notNegligible(
                switch (activation) {
                  case SIGMOID -> back * (output * (1 - output));
                  case TANH -> back * Math.fma(-output, output, 1);
                  case RELU -> output > 0 ? back : 0;
                });
        deltas[l][i] *= dropout == 0 ? 1 : dropped[l][i];
      }
    }
    return deltas;
  }

  /** An error that is too small to change a weight is none. */
  private static float notNegligible(float error) {
    return error > -0x1p-100f && error < 0x1p-100f ? 0 : error;
  }

  private void addGradient(float[][] a, float[][] deltas, float[] target) {
    for (int l = 1; l < net.layers(); l++) {
      for (int o = 0; o < net.size(l); o++) {
        for (int i = 0; i < net.size(l - 1); i++) {
          int at = net.weightsAt(l) + i * net.size(l) + o;
          if (l > 1 || a[0][i] != 0) {
            target[at] = Math.fma(a[l - 1][i], deltas[l][o], target[at]);
          }
        }
        target[net.biasesAt(l) + o] += deltas[l][o];
      }
    }
  }

  private int correct(float[] p) {
    int correct = 0;
    for (int i = 0; i < data.validation().count(); i++) {
      float[][] ones = new float[net.layers()][];
      for (int l = 1; l < net.layers(); l++) {
        ones[l] = new float[net.size(l)];
        Arrays.fill(ones[l], 1);
      }
      float[][] a = feedforward(p, read(data.validation(), i), ones, new float[net.layers()][]);
      float[] outputs = a[a.length - 1];
      int best = 0;
      for (int o = 1; o < outputs.length; o++) {
        best = outputs[o] > outputs[best] ? o : best;
      }
      correct += best == data.validation().label(i) ? 1 : 0;
    }
    return correct;
  }

  private float weight(float[] p, int layer, int input, int unit) {
    return p[net.weightsAt(layer) + input * net.size(layer) + unit];
  }
}
