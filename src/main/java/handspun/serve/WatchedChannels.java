package handspun.serve;

import java.io.IOException;
import java.net.ProtocolFamily;
import java.nio.channels.Channel;
import java.nio.channels.DatagramChannel;
import java.nio.channels.Pipe;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.spi.AbstractSelector;
import java.nio.channels.spi.SelectorProvider;
import java.util.Optional;

/**
 * Lets us see the connections of the JDK's HTTP server, which tells of none: it opens its channels
 * through the process's provider, and while it does, they are ours. All other channels of the
 * process are the system's. Public, since the JDK makes it by its name.
 */
public final class WatchedChannels extends SelectorProvider {
  private static final String PROPERTY = "java.nio.channels.spi.SelectorProvider";
  private static final ThreadLocal<Connections> WATCH = new ThreadLocal<>();

  private final SelectorProvider system;

  /** What opens channels. */
  @FunctionalInterface
  interface Opening<T> {
    T open() throws IOException;
  }

  /** For the JDK, which makes one in a process. */
  public WatchedChannels() {
    system =
        system().orElseThrow(() -> new IllegalStateException("The system's channels are hidden."));
  }

  /** {@return what was opened, with connections that are watched if this process allows it} */
  static <T> T opening(Connections connections, Opening<T> opening) throws IOException {
    String known = System.getProperty(PROPERTY);
    if (known == null && isLoadedBySystem() && system().isPresent()) {
      // Read once, when the first channel of the process is opened.
      System.setProperty(PROPERTY, WatchedChannels.class.getName());
    }
    WATCH.set(connections);
    try {
      return opening.open();
    } finally {
      WATCH.remove();
    }
  }

  /** {@return whether the JDK would find this class: not in a Spark that is given our jar} */
  private static boolean isLoadedBySystem() {
    return WatchedChannels.class.getClassLoader() == ClassLoader.getSystemClassLoader();
  }

  /** {@return the provider that there would be without this one, if Java is told to show it} */
  private static Optional<SelectorProvider> system() {
    try {
      Object provider =
          Class.forName("sun.nio.ch.DefaultSelectorProvider").getMethod("get").invoke(null);
      return Optional.of((SelectorProvider) provider);
    } catch (ReflectiveOperationException e) {
      return Optional.empty();
    }
  }

  @Override
  public ServerSocketChannel openServerSocketChannel() throws IOException {
    ServerSocketChannel channel = system.openServerSocketChannel();
    return WATCH.get() == null ? channel : new ListeningChannel(channel, WATCH.get());
  }

  @Override
  public AbstractSelector openSelector() throws IOException {
    AbstractSelector selector = system.openSelector();
    return WATCH.get() == null ? selector : new WatchedSelector(selector);
  }

  @Override
  public SocketChannel openSocketChannel() throws IOException {
    return system.openSocketChannel();
  }

  @Override
  public SocketChannel openSocketChannel(ProtocolFamily family) throws IOException {
    return system.openSocketChannel(family);
  }

  @Override
  public ServerSocketChannel openServerSocketChannel(ProtocolFamily family) throws IOException {
    return system.openServerSocketChannel(family);
  }

  @Override
  public DatagramChannel openDatagramChannel() throws IOException {
    return system.openDatagramChannel();
  }

  @Override
  public DatagramChannel openDatagramChannel(ProtocolFamily family) throws IOException {
    return system.openDatagramChannel(family);
  }

  @Override
  public Pipe openPipe() throws IOException {
    return system.openPipe();
  }

  @Override
  public Channel inheritedChannel() throws IOException {
    return system.inheritedChannel();
  }
}
