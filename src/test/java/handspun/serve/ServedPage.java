package handspun.serve;

import java.net.URI;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The page of the network that has learned MNIST, for all tests of a class. */
final class ServedPage implements BeforeAllCallback, AfterAllCallback {
  private DigitServer server;

  @Override
  public void beforeAll(ExtensionContext context) {
    server = ServedNetwork.learned().serve();
  }

  @Override
  public void afterAll(ExtensionContext context) {
    if (server != null) {
      server.close();
    }
  }

  URI address() {
    return server.address();
  }
}
