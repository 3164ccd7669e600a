package handspun.train;

import java.util.ArrayList;
import java.util.List;

/**
 * Whether a network is as sure as it should be: of all examples that it reads with a confidence of
 * 0.8, it should read 80 % correctly. Examples are put into bins by their {@linkplain
 * Evaluation#confidence confidence}, and in each bin the mean confidence is compared with the
 * accuracy.
 *
 * @param bins of equal width, from 0 to 1; an example on the edge of two is in the lower one
 */
public record Calibration(List<Bin> bins) {
  /** As many as in Guo et al., so that figures can be compared. */
  public static final int BINS = 15;

  /**
   * The examples of about the same confidence.
   *
   * @param from the confidence of all of them is above this
   * @param to and at most this
   * @param count how many there are
   * @param correct how many of them were predicted correctly
   * @param confidence the mean of theirs, 0..1; NaN if there are none, or an output is no number
   */
  public record Bin(double from, double to, int count, int correct, double confidence) {
    /** {@return correct / count, 0..1; NaN if there are no examples} */
    public double accuracy() {
      return (double) correct / count;
    }
  }

  /** Makes the list unchangeable. */
  public Calibration {
    bins = List.copyOf(bins);
  }

  /**
   * @param evaluation of at least one example
   * @return the same examples, in {@value #BINS} bins
   */
  public static Calibration of(Evaluation evaluation) {
    return of(evaluation, BINS);
  }

  /** The same with another number of bins. */
  static Calibration of(Evaluation evaluation, int bins) {
    int[] counts = new int[bins];
    int[] correct = new int[bins];
    double[] sums = new double[bins];
    for (int i = 0; i < evaluation.total(); i++) {
      double confidence = evaluation.confidence(i);
      // The first bin also has those of confidence 0, and those of none.
      int bin = Math.max(0, (int) Math.ceil(confidence * bins) - 1);
      counts[bin]++;
      sums[bin] += confidence;
      if (evaluation.isCorrect(i)) {
        correct[bin]++;
      }
    }
    List<Bin> all = new ArrayList<>();
    for (int b = 0; b < bins; b++) {
      double mean = sums[b] / counts[b];
      all.add(new Bin((double) b / bins, (b + 1.0) / bins, counts[b], correct[b], mean));
    }
    return new Calibration(all);
  }

  /**
   * The expected calibration error, {@code ECE = sum over bins of count / n |accuracy -
   * confidence|} (Naeini et al., "Obtaining Well Calibrated Probabilities Using Bayesian Binning",
   * AAAI 2015; Guo et al., "On Calibration of Modern Neural Networks", ICML 2017, equation 3).
   *
   * @return 0, as sure as it should be, to 1; NaN if an output is no number
   */
  public double expectedError() {
    double sum = 0;
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        sum += bin.count() * Math.abs(bin.accuracy() - bin.confidence());
      }
    }
    return sum / total();
  }

  /** {@return the mean confidence of all examples, 0..1; NaN if an output is no number} */
  public double confidence() {
    double sum = 0;
    for (Bin bin : bins) {
      if (bin.count() > 0) {
        sum += bin.count() * bin.confidence();
      }
    }
    return sum / total();
  }

  /** {@return number of examples} */
  public int total() {
    return bins.stream().mapToInt(Bin::count).sum();
  }

  /** {@return correct / total, 0..1} */
  public double accuracy() {
    return (double) bins.stream().mapToInt(Bin::correct).sum() / total();
  }
}
