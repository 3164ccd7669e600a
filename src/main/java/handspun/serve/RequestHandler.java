package handspun.serve;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import handspun.HandspunException;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.LoggerFactory;

/**
 * Reads a request, has it answered, and sends the answer. A request that is refused before its end
 * is answered at once; then the rest of it is passed over, and the connection closed.
 */
final class RequestHandler implements HttpHandler {
  private static final String CONTENT_SECURITY_POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private static final String API = "/api/";

  private final Gate gate;
  private final InFlight inFlight;
  private final Routes routes;
  private final RequestThreads threads;
  private final Supplier<String> served;
  private final List<RequestObserver> observers;
  private volatile boolean stopping;

  /**
   * @param gate decides who may talk
   * @param inFlight has the requests that cost something answered
   * @param routes what answers at which address
   * @param served tells the SHA-256 of the model that is served
   * @param observers are told of every request
   */
  RequestHandler(
      Gate gate,
      InFlight inFlight,
      Routes routes,
      RequestThreads threads,
      Supplier<String> served,
      List<RequestObserver> observers) {
    this.gate = gate;
    this.inFlight = inFlight;
    this.routes = routes;
    this.threads = threads;
    this.served = served;
    this.observers = List.copyOf(observers);
  }

  /** From now on, connections end with the request that is under way. */
  void stop() {
    stopping = true;
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    InetAddress client = gate.proxies().client(exchange);
    ObservedRequest observed = new ObservedRequest(exchange, client);
    observers.forEach(RequestObserver::began);
    gate.clients().enter(client);
    try {
      handle(exchange, observed);
    } finally {
      gate.clients().leave(client);
      observed.ended();
      observers.forEach(observer -> observer.ended(observed));
    }
  }

  private void handle(HttpExchange exchange, ObservedRequest observed) throws IOException {
    ActiveRequest active = threads.current();
    RequestBody body = RequestBody.of(exchange.getRequestBody(), exchange.getRequestHeaders());
    active.beginBody(
        refusal -> threads.executeInPlace(() -> refuse(exchange, observed, active, refusal)));
    boolean isWhole = body.isEmpty();
    if (isWhole) {
      // The JDK's server wants to see the end to keep the connection.
      body.drain();
    }
    Answer answer = null;
    try {
      Routes.Route route = find(exchange, observed);
      byte[] bytes =
          body.read(
              route.endpoint().mostBytes(),
              n -> {
                observed.received(n);
                threads.received(active, n);
              });
      isWhole = true;
      bytes =
          Decompression.of(
              bytes,
              exchange.getRequestHeaders(),
              route.endpoint().mostBytes(),
              n -> threads.unpacked(active, n));
      if (active.claimsAnswer()) {
        answer =
            compressed(
                inFlight.answer(route.endpoint(), request(exchange, route, bytes)), exchange);
      }
    } catch (RefusedRequest refusal) {
      if (active.claimsAnswer()) {
        answer = Reply.of(refusal);
      }
    }
    if (answer instanceof EventStream events) {
      stream(exchange, observed, active, events);
    } else if (answer instanceof Reply reply) {
      threads.replying(active, reply.body());
      send(exchange, observed, reply, isWhole);
      if (!isWhole) {
        active.enter(ActiveRequest.Phase.DRAIN);
        active.refusalSent();
        leave(body, active);
      }
    } else {
      leave(body, active);
    }
    exchange.close();
  }

  /** {@return whether answers at a path say which model answered} */
  static boolean namesModel(String path) {
    return path.startsWith(API);
  }

  private static String path(HttpExchange exchange) {
    return Optional.ofNullable(exchange.getRequestURI().getPath()).orElse("");
  }

  /** {@return what the gate answers by itself, else what the address leads to} */
  private Routes.Route find(HttpExchange exchange, ObservedRequest observed) {
    return gate.admit(exchange, observed.client())
        .map(own -> Routes.Route.undescribed(own, ObservedRequest.OTHER))
        .orElseGet(
            () -> {
              Routes.Route found =
                  routes.find(exchange.getRequestMethod(), exchange.getRequestURI());
              observed.routed(found.template());
              return found;
            });
  }

  /** {@return the endpoint's answer, be it an error's; never fails} */
  static Answer answer(Endpoint endpoint, Request request) {
    try {
      return endpoint.answer(request);
    } catch (RefusedRequest refusal) {
      return Reply.of(refusal);
    } catch (HandspunException e) {
      return Reply.of(new RefusedRequest(500, e.getMessage()));
    } catch (RuntimeException | Error e) {
      // The logger is looked up here because it takes longer to load than all the rest.
      LoggerFactory.getLogger(RequestHandler.class).error("A request failed", e);
      return Reply.of(
          new RefusedRequest(
              500, "Something went wrong in the server that should not have: its log says what."));
    }
  }

  private static Request request(HttpExchange exchange, Routes.Route route, byte[] body) {
    Headers headers = exchange.getRequestHeaders();
    return new Request(
        exchange.getRequestURI().getPath(),
        route.parameters(),
        Optional.ofNullable(exchange.getRequestURI().getRawQuery())
            .map(query -> Query.parse(query, route.description().parameters()))
            .orElse(Query.NONE),
        Optional.ofNullable(headers.getFirst("Content-Type")).orElse(""),
        Optional.ofNullable(headers.getFirst("Host")).orElse(""),
        Optional.ofNullable(headers.getFirst(Request.JSON_LENGTH)),
        body);
  }

  /** Runs in another thread than the one that waits for the body. */
  private void refuse(
      HttpExchange exchange,
      ObservedRequest observed,
      ActiveRequest active,
      RefusedRequest refusal) {
    threads.current().enter(ActiveRequest.Phase.REPLY);
    try {
      send(exchange, observed, Reply.of(refusal), false);
    } catch (IOException e) {
      // The client has gone. The other thread notices as well.
    } finally {
      active.refusalSent();
    }
  }

  /**
   * Ends a connection whose request was answered before its end, by an exception: only so does the
   * JDK's server forget the connection.
   */
  private static void leave(RequestBody body, ActiveRequest active) throws IOException {
    body.drain();
    try {
      active.awaitRefusal();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw new IOException("The request was refused before its end.");
  }

  private static Answer compressed(Answer answer, HttpExchange exchange) {
    return answer instanceof Reply reply
        ? Compression.of(reply, exchange.getRequestHeaders())
        : answer;
  }

  private void stream(
      HttpExchange exchange, ObservedRequest observed, ActiveRequest active, EventStream events)
      throws IOException {
    try (events) {
      active.enter(ActiveRequest.Phase.REPLY);
      setHeaders(exchange, EventStream.HEADERS);
      if (exchange.getRequestMethod().equals("HEAD")) {
        sendHead(exchange, observed, 200, -1);
      } else {
        sendHead(exchange, observed, 200, 0);
        events.writeTo(
            exchange.getResponseBody(),
            observed::sent,
            () -> active.enter(ActiveRequest.Phase.REPLY));
      }
    } catch (InterruptedException e) {
      // Somebody has to make room, or the server stops.
      throw new IOException("The stream was interrupted.", e);
    }
  }

  private void setHeaders(HttpExchange exchange, Map<String, String> own) {
    Headers headers = exchange.getResponseHeaders();
    if (namesModel(path(exchange))) {
      headers.set(ServedModel.HEADER, served.get());
    }
    own.forEach(headers::set);
    headers.set("Content-Security-Policy", CONTENT_SECURITY_POLICY);
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Referrer-Policy", "no-referrer");
    headers.set("Cache-Control", "no-cache");
    gate.setHeaders(exchange);
  }

  private void send(HttpExchange exchange, ObservedRequest observed, Reply reply, boolean isWhole)
      throws IOException {
    setHeaders(exchange, reply.headers());
    Headers headers = exchange.getResponseHeaders();
    if (stopping || !isWhole) {
      headers.set("Connection", "close");
    }
    if (reply.status() == 200 && isKnown(exchange, reply)) {
      sendHead(exchange, observed, 304, -1);
    } else if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(reply.body().length));
      sendHead(exchange, observed, reply.status(), -1);
    } else if (reply.body().length == 0) {
      sendHead(exchange, observed, reply.status(), -1);
    } else {
      sendHead(exchange, observed, reply.status(), reply.body().length);
      exchange.getResponseBody().write(reply.body());
      observed.sent(reply.body().length);
    }
  }

  private static void sendHead(
      HttpExchange exchange, ObservedRequest observed, int status, long length) throws IOException {
    exchange.sendResponseHeaders(status, length);
    observed.answered(status);
  }

  /** {@return whether the client says that it has what is to be sent (RFC 9110, 13.1.2)} */
  private static boolean isKnown(HttpExchange exchange, Reply reply) {
    String tag = reply.headers().get("ETag");
    if (tag == null) {
      return false;
    }
    List<String> known =
        exchange.getRequestHeaders().getOrDefault("If-None-Match", Collections.emptyList());
    return known.stream()
        .flatMap(tags -> Stream.of(tags.split(",")))
        .map(RequestHandler::strong)
        .anyMatch(one -> one.equals("*") || one.equals(strong(tag)));
  }

  private static String strong(String tag) {
    return tag.strip().replaceFirst("^W/", "");
  }
}
