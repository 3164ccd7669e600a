package handspun.serve;

import com.sun.net.httpserver.HttpHandler;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The connections of a server, by the addresses of their clients.
 *
 * @param areLegible whether what goes over them can be read here: not if it is encrypted
 * @param observers are told of what the JDK's server refuses
 */
record Connections(
    boolean areLegible, List<RequestObserver> observers, Map<SocketAddress, ClientChannel> open) {
  Connections(boolean areLegible, List<RequestObserver> observers) {
    this(areLegible, observers, new ConcurrentHashMap<>());
  }

  /** {@return a handler that has connections know which requests are with another one} */
  HttpHandler claiming(HttpHandler handler) {
    return exchange -> {
      ClientChannel channel = open.get(exchange.getRemoteAddress());
      if (channel == null) {
        // Nothing is watched.
        handler.handle(exchange);
        return;
      }
      channel.claim();
      try {
        handler.handle(exchange);
      } finally {
        channel.leave();
      }
    };
  }

  void opened(SocketAddress client, ClientChannel channel) {
    open.put(client, channel);
    observers.forEach(RequestObserver::connected);
  }

  void closed(SocketAddress client, ClientChannel channel) {
    // The system may have given the address to another one by now.
    open.remove(client, channel);
    observers.forEach(RequestObserver::disconnected);
  }

  /** The JDK's server has refused a request by itself. */
  void refused() {
    observers.forEach(RequestObserver::malformed);
  }
}
