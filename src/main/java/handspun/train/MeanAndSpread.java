package handspun.train;

import java.util.Collection;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;

/**
 * Where several measurements of one thing lie.
 *
 * @param mean of all; NaN without any, or if one is
 * @param standardDeviation of the sample, with n - 1; 0 for a single one
 * @param min the least
 * @param max the greatest
 */
public record MeanAndSpread(double mean, double standardDeviation, double min, double max) {

  /** {@return mean and spread of values, in any order} */
  public static MeanAndSpread of(Collection<Double> values) {
    DescriptiveStatistics statistics = new DescriptiveStatistics();
    values.forEach(statistics::addValue);
    return new MeanAndSpread(
        statistics.getMean(),
        statistics.getStandardDeviation(),
        statistics.getMin(),
        statistics.getMax());
  }
}
