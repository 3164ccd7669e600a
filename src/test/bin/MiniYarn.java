import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.hadoop.yarn.conf.YarnConfiguration;
import org.apache.hadoop.yarn.server.MiniYARNCluster;

/**
 * Hadoop's own small YARN, a ResourceManager and two NodeManagers in one process, for YarnIT: {@code
 * java -cp JARS MiniYarn.java FOLDER}. Writes what clients need to know to FOLDER/conf, says "ready", and ends when
 * its input does.
 */
public class MiniYarn {
  public static void main(String[] arguments) {
    try {
      run(Path.of(arguments[0]));
      System.exit(0);
    } catch (Throwable e) {
      // Its threads would go on.
      e.printStackTrace();
      System.exit(1);
    }
  }

  private static void run(Path folder) throws Exception {
    System.setProperty("test.build.data", folder.toString());
    System.setProperty("test.build.dir", folder.toString());
    YarnConfiguration settings = new YarnConfiguration();
    settings.set("fs.defaultFS", "file:///");
    settings.set("yarn.scheduler.capacity.root.queues", "default");
    settings.set("yarn.scheduler.capacity.root.default.capacity", "100");
    settings.set("yarn.scheduler.capacity.root.default.maximum-am-resource-percent", "1");
    settings.setInt("yarn.scheduler.minimum-allocation-mb", 256);
    settings.setInt("yarn.nodemanager.resource.memory-mb", 4096);
    // A busy machine's full disk is no reason to have no nodes.
    settings.set("yarn.nodemanager.disk-health-checker.max-disk-utilization-per-disk-percentage", "100");
    MiniYARNCluster cluster = new MiniYARNCluster("yarn", 2, 1, 1);
    cluster.init(settings);
    cluster.start();
    Path conf = Files.createDirectories(folder.resolve("conf"));
    try (Writer file = Files.newBufferedWriter(conf.resolve("yarn-site.xml"))) {
      cluster.getConfig().writeXml(file);
    }
    Files.writeString(
        conf.resolve("core-site.xml"),
        "<configuration><property><name>fs.defaultFS</name><value>file:///</value></property></configuration>");
    System.out.println("ready");
    while (System.in.read() >= 0) {
      // Waits for the end.
    }
    cluster.stop();
  }
}
