package handspun.bench;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;

/** A way to ask servers, and what all rounds so far showed of it. */
final class ServeLoad {
  private final LoadBody body;
  private final int connections;
  private final boolean isOpen;
  private final Map<Server, Map<Integer, ServeFigures>> figures = new EnumMap<>(Server.class);

  /** What is asked. */
  enum Server {
    /** {@code bin/handspun serve}. */
    HANDSPUN("serve"),
    /** The server that does nothing else, {@link TrivialServer}. */
    TRIVIAL("trivial");

    private final String title;

    Server(String title) {
      this.title = title;
    }

    @Override
    public String toString() {
      return title;
    }
  }

  /**
   * @param body what is sent
   * @param connections over which
   * @param isOpen whether requests are sent at fixed times, and not each after the answer before
   */
  ServeLoad(LoadBody body, int connections, boolean isOpen) {
    this.body = body;
    this.connections = connections;
    this.isOpen = isOpen;
    for (Server server : Server.values()) {
      figures.put(server, new TreeMap<>());
    }
  }

  LoadBody body() {
    return body;
  }

  int connections() {
    return connections;
  }

  boolean isOpen() {
    return isOpen;
  }

  void add(int round, Server server, ServeFigures shown) {
    figures.get(server).put(round, shown);
  }

  /**
   * @param round that has been measured
   * @return what {@code serve} did in a second
   */
  double rate(int round) {
    return figures.get(Server.HANDSPUN).get(round).rate();
  }

  /** {@return a figure of one server over the rounds} */
  Spread over(Server server, ToDoubleFunction<ServeFigures> figure) {
    return Spread.of(figures.get(server).values().stream().mapToDouble(figure).boxed().toList());
  }

  /** {@return a figure of {@code serve} divided by that of the trivial server, round by round} */
  Spread timesTrivial(ToDoubleFunction<ServeFigures> figure) {
    Map<Integer, ServeFigures> trivial = figures.get(Server.TRIVIAL);
    List<Double> ratios =
        figures.get(Server.HANDSPUN).entrySet().stream()
            .filter(own -> trivial.containsKey(own.getKey()))
            .map(
                own ->
                    figure.applyAsDouble(own.getValue())
                        / figure.applyAsDouble(trivial.get(own.getKey())))
            .toList();
    return Spread.of(ratios);
  }

  @Override
  public String toString() {
    return "%s, %s%s"
        .formatted(
            body.name(), Figures.count(connections, "connection"), isOpen ? ", open loop" : "");
  }
}
