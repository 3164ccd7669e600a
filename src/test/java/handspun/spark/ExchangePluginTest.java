package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.spark.RemoteCoordinator.Message;
import handspun.spark.RemoteCoordinator.Request;
import java.io.Serializable;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.apache.spark.api.plugin.DriverPlugin;
import org.junit.jupiter.api.Test;

class ExchangePluginTest {
  private final DriverPlugin driver = new ExchangePlugin().driverPlugin();

  private Object tell(String run, boolean isAnswered, Request request) throws Exception {
    return driver.receive(Serialization.serialize(new Message(run, request, isAnswered)));
  }

  @Test
  void sendsTasksOfAJobThatIsOverHome() throws Exception {
    assertThat(
            Serialization.deserialize(
                tell("a job that is over", true, coordinator -> coordinator.poll(3))))
        .usingRecursiveComparison()
        .isEqualTo(Assignment.NONE);
  }

  @Test
  void doesAtTheCoordinatorWhatATaskAsksFor() throws Exception {
    String run = UUID.randomUUID().toString();
    DriverCoordinator coordinator = new DriverCoordinator(1, Duration.ofMinutes(5));
    ExecutorShared.open(run, coordinator);
    try {
      Serializable number = 42;
      assertThat(Serialization.deserialize(tell(run, true, there -> number))).isEqualTo(42);
      assertThat(Serialization.deserialize(tell(run, true, there -> there.poll(0)))).isNull();
      coordinator.end();
      assertThat(Serialization.deserialize(tell(run, true, there -> there.poll(0))))
          .usingRecursiveComparison()
          .isEqualTo(Assignment.NONE);
    } finally {
      ExecutorShared.close(run);
    }
  }

  /** Spark writes a line to its log for every answer that nobody waits for. */
  @Test
  void answersNoHeartbeat() throws Exception {
    Heartbeat heartbeat = new Heartbeat(0, 1, 2, List.of());
    assertThat(
            tell(
                "a job",
                false,
                coordinator -> {
                  coordinator.heartbeat("1", heartbeat);
                  return null;
                }))
        .isNull();
  }
}
