package handspun.spark;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkEnv;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerApplicationEnd;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.storage.BlockManager;
import org.apache.spark.storage.BroadcastBlockId;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Takes a copy of all that Spark sends executors as broadcasts: those of ours, and the closures of
 * tasks, which Spark sends as its own. Spark makes it where {@code spark.extraListeners} names it.
 */
public final class BroadcastBytes extends SparkListener {
  private static final Map<String, String> COPIES = new ConcurrentHashMap<>();

  /** What was sent since it was asked last, as text of single bytes. */
  static String take() {
    String all = String.join("\n", COPIES.values());
    COPIES.clear();
    return all;
  }

  private static void copy() {
    BlockManager blocks = SparkEnv.get().blockManager();
    CollectionConverters.asJava(
            blocks.getMatchingBlockIds(
                id -> id instanceof BroadcastBlockId piece && !piece.field().isEmpty()))
        .forEach(
            id -> {
              ByteBuffer bytes = blocks.getLocalBytes(id).get().toByteBuffer();
              COPIES.put(
                  System.identityHashCode(blocks) + id.name(),
                  StandardCharsets.ISO_8859_1.decode(bytes).toString());
            });
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd end) {
    copy();
  }

  @Override
  public void onApplicationEnd(SparkListenerApplicationEnd end) {
    copy();
  }
}
