package handspun.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class ClientRequestsTest {
  private final ClientRequests requests = new ClientRequests(2);

  private static InetAddress client(String address) throws UnknownHostException {
    return InetAddress.getByName(address);
  }

  private void enter(String address, int times) throws UnknownHostException {
    for (int i = 0; i < times; i++) {
      requests.enter(client(address));
    }
  }

  private void assertRefused(String address) throws UnknownHostException {
    InetAddress client = client(address);
    assertThatThrownBy(() -> requests.requireRoom(client))
        .isInstanceOfSatisfying(
            RefusedRequest.class,
            refusal -> {
              assertThat(refusal.status()).isEqualTo(429);
              assertThat(refusal.headers()).containsEntry("Retry-After", "1");
            })
        .hasMessageContaining("has 3 requests under way, and may have 2");
  }

  private void assertWelcome(String address) throws UnknownHostException {
    InetAddress client = client(address);
    assertThatCode(() -> requests.requireRoom(client)).doesNotThrowAnyException();
  }

  @Test
  void refusesOneClientThatHasTooManyAndNoOther() throws UnknownHostException {
    enter("192.0.2.1", 2);
    assertWelcome("192.0.2.1");
    enter("192.0.2.1", 1);
    assertRefused("192.0.2.1");
    assertWelcome("192.0.2.2");
  }

  @Test
  void takesItBackWhenOneOfItsRequestsIsAnswered() throws UnknownHostException {
    enter("192.0.2.1", 3);
    requests.leave(client("192.0.2.1"));
    assertWelcome("192.0.2.1");
    requests.leave(client("192.0.2.1"));
    requests.leave(client("192.0.2.1"));
    assertThat(requests.isIdle()).isTrue();
  }

  @Test
  void takesAnIpv6NetworkForOneClient() throws UnknownHostException {
    enter("2001:db8::1", 1);
    enter("2001:db8::2", 2);
    assertRefused("2001:db8::3");
    assertWelcome("2001:db8:0:1::1");
  }

  @Test
  void exemptsThisMachine() throws UnknownHostException {
    enter("127.0.0.1", 100);
    assertWelcome("127.0.0.1");
  }

  @Test
  void allowsAnyNumberWhereThatIsWanted() throws UnknownHostException {
    ClientRequests any = new ClientRequests(0);
    InetAddress client = client("192.0.2.1");
    for (int i = 0; i < 1000; i++) {
      any.enter(client);
    }
    assertThatCode(() -> any.requireRoom(client)).doesNotThrowAnyException();
  }
}
