package handspun.cli;

import com.sun.management.HotSpotDiagnosticMXBean;
import java.lang.management.ManagementFactory;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/** A program for Spark that tells in what surroundings it was started, and ends with status 7. */
public final class SparkProbe {
  private SparkProbe() {}

  /**
   * @param args shown
   */
  public static void main(String[] args) {
    try (JavaSparkContext spark = new JavaSparkContext(new SparkConf().setAppName("probe"))) {
      System.out.println("counted " + spark.parallelize(List.of(1, 2, 3), 2).count());
      System.out.println("master " + spark.master());
      System.out.println("arguments " + List.of(args));
      System.out.println("home " + System.getProperty("handspun.home"));
      System.out.println("log " + System.getProperty("handspun.log"));
      System.out.println(
          "progress " + spark.getConf().get("spark.ui.showConsoleProgress", "unset"));
      System.out.println("host " + spark.getConf().get("spark.driver.host"));
      System.out.println("own " + spark.getConf().get("spark.probe", "unset"));
      System.out.println("memory " + (largestHeap() >> 20));
    }
    System.exit(7);
  }

  /**
   * As it was asked for: what can be used of it depends on the collector, and that on the cores.
   */
  private static long largestHeap() {
    return Long.parseLong(
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
            .getVMOption("MaxHeapSize")
            .getValue());
  }
}
