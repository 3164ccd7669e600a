package handspun.spark;

import org.apache.spark.launcher.JavaModuleOptions;

/** How Java must be started for a driver. */
public final class DriverJava {
  private DriverJava() {}

  /** {@return the options that Spark's launcher gives to it, as they are typed} */
  public static String options() {
    return JavaModuleOptions.defaultModuleOptions();
  }

  /** {@return whether this Java was started so: without, Spark cannot even send an array} */
  public static boolean isFit() {
    return Object.class.getModule().isOpen("java.nio", DriverJava.class.getModule());
  }
}
