package handspun.serve;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.SocketAddress;
import java.net.SocketOption;
import java.nio.channels.SelectableChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.Set;

/** The system's channel where a server listens, whose connections are watched. */
final class ListeningChannel extends ServerSocketChannel implements WatchedSelector.Watched {
  private final ServerSocketChannel system;
  private final Connections connections;

  ListeningChannel(ServerSocketChannel system, Connections connections) {
    super(system.provider());
    this.system = system;
    this.connections = connections;
  }

  @Override
  public SelectableChannel system() {
    return system;
  }

  @Override
  public SocketChannel accept() throws IOException {
    SocketChannel client = system.accept();
    return client == null ? null : new ClientChannel(client, connections);
  }

  @Override
  public ServerSocketChannel bind(SocketAddress address, int backlog) throws IOException {
    system.bind(address, backlog);
    return this;
  }

  @Override
  public <T> ServerSocketChannel setOption(SocketOption<T> name, T value) throws IOException {
    system.setOption(name, value);
    return this;
  }

  @Override
  public <T> T getOption(SocketOption<T> name) throws IOException {
    return system.getOption(name);
  }

  @Override
  public Set<SocketOption<?>> supportedOptions() {
    return system.supportedOptions();
  }

  @Override
  public ServerSocket socket() {
    return system.socket();
  }

  @Override
  public SocketAddress getLocalAddress() throws IOException {
    return system.getLocalAddress();
  }

  @Override
  protected void implCloseSelectableChannel() throws IOException {
    system.close();
  }

  @Override
  protected void implConfigureBlocking(boolean block) throws IOException {
    system.configureBlocking(block);
  }
}
