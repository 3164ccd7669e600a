package handspun.spark;

import static org.assertj.core.api.Assertions.assertThat;

import handspun.spark.RemoteRendezvous.Question;
import java.util.List;
import org.apache.spark.api.plugin.DriverPlugin;
import org.junit.jupiter.api.Test;

class ExchangePluginTest {
  private final DriverPlugin driver = new ExchangePlugin().driverPlugin();

  private Object tell(Request request) throws Exception {
    return driver.receive(Parcel.pack(new Question("a job that is over", request)));
  }

  @Test
  void sendsTasksOfAJobThatIsOverHome() throws Exception {
    assertThat(Parcel.unpack(tell(new Request.Next(3))))
        .usingRecursiveComparison()
        .isEqualTo(Assignment.NONE);
  }

  /** Spark writes a line to its log for every answer that nobody waits for. */
  @Test
  void answersNoPulse() throws Exception {
    assertThat(tell(new Request.Beat(new Pulse(0, 1, 2, List.of())))).isNull();
  }
}
