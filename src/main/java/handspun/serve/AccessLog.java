package handspun.serve;

import com.sun.net.httpserver.HttpExchange;
import handspun.Json;
import handspun.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.slf4j.LoggerFactory;

/**
 * Writes a line for each request, whatever its end. What clients send is escaped, so that none of
 * them can forge a line.
 */
public final class AccessLog implements RequestObserver {
  /** Log4j's, in {@code conf/log4j2.properties}, which also says when a new file begins. */
  private static final String LOGGER = "handspun.access";

  /** Names the file to it. */
  private static final String FILE_PROPERTY = "handspun.access.log";

  /** Without it Log4j closes the file at once when the process is told to end. */
  private static final String HOOK_PROPERTY = "log4j.shutdownHookEnabled";

  /** A head may have 380 KB. */
  private static final int MOST_CHARS = 2000;

  private static final DateTimeFormatter COMBINED_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneId.systemDefault());

  /** Whoever reads the log is not to talk in a client's name. */
  private static final Pattern TOKEN = Pattern.compile("([?&]token=)[^&]*");

  private final Format format;
  private final Consumer<String> lines;

  /** How a line is written. */
  public enum Format {
    /** As Apache and nginx do. */
    COMBINED,
    /** An object a line, which also has the route, the model and the time it took. */
    JSON;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  AccessLog(Format format, Consumer<String> lines) {
    this.format = format;
    this.lines = lines;
  }

  /**
   * Opens a file to write behind what it has. To be called before anything else is logged: only
   * then does the logger learn of the file.
   *
   * @throws UsageException if it cannot be written
   */
  public static AccessLog open(Path file, Format format) {
    Path absolute = file.toAbsolutePath();
    try {
      Files.createDirectories(absolute.getParent());
      Files.newOutputStream(absolute, StandardOpenOption.CREATE, StandardOpenOption.APPEND).close();
    } catch (IOException e) {
      throw new UsageException(
          "The access log %s cannot be written (%s): choose another file with --access-log."
              .formatted(file, e));
    }
    System.setProperty(FILE_PROPERTY, absolute.toString());
    System.setProperty(HOOK_PROPERTY, "false");
    return new AccessLog(format, LoggerFactory.getLogger(LOGGER)::info);
  }

  @Override
  public void ended(ObservedRequest request) {
    lines.accept(format == Format.JSON ? json(request) : combined(request));
  }

  private static String combined(ObservedRequest request) {
    HttpExchange exchange = request.exchange();
    return "%s - - [%s] \"%s %s %s\" %s %d \"%s\" \"%s\""
        .formatted(
            request.client().getHostAddress(),
            COMBINED_TIME.format(began(request)),
            escaped(exchange.getRequestMethod()),
            escaped(address(exchange)),
            escaped(exchange.getProtocol()),
            request.status() == ObservedRequest.NO_STATUS
                ? "-"
                : Integer.toString(request.status()),
            request.sent(),
            header(exchange, "Referer").map(AccessLog::escaped).orElse("-"),
            header(exchange, "User-Agent").map(AccessLog::escaped).orElse("-"));
  }

  private static String json(ObservedRequest request) {
    HttpExchange exchange = request.exchange();
    byte[] line =
        Json.object(
            json -> {
              json.writeStringField("time", began(request).toString());
              json.writeStringField("client", request.client().getHostAddress());
              json.writeStringField("method", shortened(exchange.getRequestMethod()));
              json.writeStringField("address", address(exchange));
              json.writeStringField("protocol", exchange.getProtocol());
              json.writeStringField("route", request.route());
              if (request.status() == ObservedRequest.NO_STATUS) {
                json.writeNullField("status");
              } else {
                json.writeNumberField("status", request.status());
              }
              json.writeNumberField("received", request.received());
              json.writeNumberField("sent", request.sent());
              json.writeNumberField("seconds", request.seconds());
              json.writeStringField(
                  "model", exchange.getResponseHeaders().getFirst(ServedModel.HEADER));
              json.writeStringField("referer", header(exchange, "Referer").orElse(null));
              json.writeStringField("userAgent", header(exchange, "User-Agent").orElse(null));
            });
    return new String(line, StandardCharsets.UTF_8);
  }

  private static Instant began(ObservedRequest request) {
    return Instant.now().minusNanos(request.nanos());
  }

  private static String address(HttpExchange exchange) {
    return withoutToken(exchange.getRequestURI().toString());
  }

  private static Optional<String> header(HttpExchange exchange, String name) {
    return Optional.ofNullable(exchange.getRequestHeaders().getFirst(name))
        .map(AccessLog::withoutToken);
  }

  private static String withoutToken(String address) {
    return shortened(TOKEN.matcher(address).replaceAll("$1-"));
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARS ? text : text.substring(0, MOST_CHARS) + "...";
  }

  /** {@return a text of plain ASCII without quotes, as Apache and nginx write it} */
  static String escaped(String text) {
    StringBuilder escaped = new StringBuilder(text.length());
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      boolean isPlain = b >= ' ' && b < 0x7f && b != '"' && b != '\\';
      escaped.append(isPlain ? Character.toString(b) : "\\x%02X".formatted(b & 0xff));
    }
    return escaped.toString();
  }
}
