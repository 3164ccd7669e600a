package handspun.bench;

import handspun.data.Dataset;
import handspun.data.Examples;
import handspun.image.Augmenter;
import handspun.math.Exp;
import handspun.math.Kernels;
import handspun.math.RandomStream;
import handspun.math.Share;
import handspun.network.Activation;
import handspun.network.Cost;
import handspun.network.Topology;
import handspun.train.EpochRunner;
import handspun.train.Hyperparameters;
import handspun.train.ModelState;
import handspun.train.Plan;
import handspun.train.Schedule;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /** Whether hidden units are rectified linear ones, not sigmoid ones. */
  private final boolean relu;

  /** Momentum. */
  private final float mu;

  /**
   * @param plan hyperparameters, which fit the data
   * @param data what is to be learned
   */
  public SequentialTrainer(Plan plan, Dataset data) {
    this.plan = plan;
    this.data = data;
    this.net = plan.topology();
    this.measure = plan.get(Hyperparameters.COST);
    this.relu = plan.get(Hyperparameters.ACTIVATION) == Activation.RELU;
    this.mu = plan.get(Hyperparameters.MOMENTUM);
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
    byte[] augmented = new byte[net.inputs()];
    new Augmenter(
            plan.get(Hyperparameters.AUGMENT),
            examples.rows(),
            examples.columns(),
            Kernels.fastest())
        .augment(
            examples.inputs().pixels(example),
            new RandomStream(5, plan.seed(), epoch, example, 0),
            augmented,
            0);
    byte[] seen = new byte[net.inputs()];
    plan.get(Hyperparameters.PREPROCESS)
        .step(examples.rows(), examples.columns())
        .apply(augmented, seen, 0);
    return seen;
  }

  @Override
  public Outcome run(int epoch, ModelState start) {
    float[] p = start.parameters();
    float[] v = mu == 0 ? p : start.memory().get(0);
    double cost = 0;
    int n = data.training().count();
    List<List<Integer>> lanes = shuffledLanes(epoch, n);
    int[] next = new int[plan.lanes()];
    for (int done = 0; done < n; ) {
      int round = (int) Math.min((long) plan.miniBatch() * plan.localSteps(), n - done);
      float[][] gradients = new float[plan.lanes()][p.length];
      float[][] replicas = new float[plan.lanes()][];
      float[][] velocities = new float[plan.lanes()][];
      // With one lane, what its examples ask for is added straight to where it belongs.
      float[] alone = mu == 0 ? p.clone() : times(mu, v);
      for (int l = 0; l < plan.lanes(); l++) {
        replicas[l] = p;
        velocities[l] = v;
        for (int size, from = 0; from < round; from += size) {
          size = Math.min(plan.miniBatch(), round - from);
          int share = size * (l + 1) / plan.lanes() - size * l / plan.lanes();
          List<Integer> own = lanes.get(l).subList(next[l], next[l] + share);
          next[l] += share;
          float eta = learningRate(epoch, (done + from) / plan.miniBatch(), n);
          if (plan.localSteps() == 1) {
            cost += addSteps(p, own, epoch, -eta / size, plan.lanes() == 1 ? alone : gradients[l]);
          } else if (share > 0) {
            float[] step = mu == 0 ? replicas[l].clone() : times(mu, velocities[l]);
            cost += addSteps(replicas[l], own, epoch, -eta / share, step);
            replicas[l] = mu == 0 ? step : plus(replicas[l], step);
            velocities[l] = step;
          }
        }
      }
      if (plan.localSteps() > 1) {
        v = plus(v, treeSum(distances(velocities, v)));
        p = plus(p, treeSum(distances(replicas, p)));
      } else if (mu == 0) {
        p = plan.lanes() == 1 ? alone : plus(p, treeSum(gradients));
      } else {
        v = plan.lanes() == 1 ? alone : plus(alone, treeSum(gradients));
        p = plus(p, v);
      }
      done += round;
    }
    List<float[]> memory = mu == 0 ? List.of() : List.of(v);
    return new Outcome(new ModelState(p, memory), cost / n, correct(p), List.of(n), List.of());
  }

  /** Of a mini-batch of an epoch of n examples. */
  private float learningRate(int epoch, int miniBatch, int n) {
    if (plan.get(Hyperparameters.SCHEDULE) == Schedule.CONSTANT) {
      return plan.learningRate();
    }
    int inAnEpoch = (n + plan.miniBatch() - 1) / plan.miniBatch();
    long before = (epoch - 1L) * inAnEpoch + miniBatch;
    double done = (double) before / ((long) plan.epochs() * inAnEpoch);
    return (float) (plan.learningRate() * (1 + StrictMath.cos(Math.PI * done)) / 2);
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
      float[] p, List<Integer> examples, int epoch, float scale, float[] target) {
    double cost = 0;
    for (int example : examples) {
      float[][] a = feedforward(p, learned(data.training(), example, epoch));
      int label = data.training().label(example);
      cost += measure.of(label, a[a.length - 1], 0, net.outputs());
      addGradient(a, deltas(p, a, label, scale), target);
    }
    return cost;
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
      new RandomStream(2, plan.seed(), epoch, l).shuffle(own);
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

  private float[][] feedforward(float[] p, byte[] pixels) {
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
        boolean rectified = relu && l < net.layers() - 1;
        a[l][o] = rectified ? Math.max(0, sum) : 1f / (1f + Exp.exp(-sum));
      }
    }
    return a;
  }

  private float[][] deltas(float[] p, float[][] a, int label, float scale) {
    int last = net.layers() - 1;
    float[][] deltas = new float[net.layers()][];
    deltas[0] = new float[0];
    deltas[last] = new float[net.outputs()];
    for (int o = 0; o < net.outputs(); o++) {
      float y = o == label ? 1 : 0;
      deltas[last][o] = measure.delta(a[last][o], y) * scale;
    }
    for (int l = last - 1; l > 0; l--) {
      deltas[l] = new float[net.size(l)];
      for (int i = 0; i < net.size(l); i++) {
        float back = 0;
        for (int o = 0; o < net.size(l + 1); o++) {
          back = Math.fma(weight(p, l + 1, i, o), deltas[l + 1][o], back);
        }
        if (relu) {
          deltas[l][i] = a[l][i] > 0 ? back : 0;
        } else {
          deltas[l][i] = back * (a[l][i] * (1 - a[l][i]));
        }
      }
    }
    return deltas;
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
      float[][] a = feedforward(p, read(data.validation(), i));
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
