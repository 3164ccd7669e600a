package handspun.serve;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The names that a server answers to. A page of any site can have its own name lead to this machine
 * (DNS rebinding), and then its browser takes it for a page of this server: but the browser says by
 * which name it came.
 *
 * @param names in small letters, without a port; IPv6 in brackets
 * @param addresses whether any address will do: only names can be made to lead elsewhere
 * @param all whether any name will do, since a token is asked for
 */
record HostNames(Set<String> names, boolean addresses, boolean all) {
  private static final Pattern ADDRESS = Pattern.compile("[0-9]+(\\.[0-9]+){3}|\\[.*\\]");

  /** {@return the names of a server that listens at an address} */
  static HostNames of(Access access, InetSocketAddress bound, String host) {
    Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "[::1]"));
    boolean isLocal = bound.getAddress().isLoopbackAddress();
    names.add(literal(host));
    names.add(literal(bound.getAddress().getHostAddress()));
    if (!isLocal && access.isOpen()) {
      addMachine(names);
    }
    names.addAll(access.known().hosts());
    return new HostNames(names, !isLocal, !isLocal && access.token().isPresent());
  }

  private static void addMachine(Set<String> names) {
    try {
      names.add(InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT));
    } catch (UnknownHostException e) {
      // Then nobody can come by it.
    }
  }

  private static String literal(String host) {
    String lower = host.toLowerCase(Locale.ROOT).replaceFirst("%.*", "");
    return lower.contains(":") && !lower.startsWith("[") ? "[" + lower + "]" : lower;
  }

  /** {@return the name in a header {@code Host}, without the port and the dot of the root} */
  static String name(String host) {
    String name = host.strip().toLowerCase(Locale.ROOT);
    int end = name.length();
    while (end > 0 && name.charAt(end - 1) >= '0' && name.charAt(end - 1) <= '9') {
      end--;
    }
    if (end > 0 && name.charAt(end - 1) == ':') {
      name = name.substring(0, end - 1);
    }
    boolean isRooted = name.endsWith(".") && name.length() > 1 && !name.endsWith("..");
    return isRooted ? name.substring(0, name.length() - 1) : name;
  }

  /** Refuses who calls the server by a name that is not its own. */
  void require(String host) {
    String name = name(host);
    if (!all && !names.contains(name) && !(addresses && ADDRESS.matcher(name).matches())) {
      throw new RefusedRequest(
          421,
          "The request is for the host \"%s\", and this server is %s: use one of these, or start serve with --allow-host NAME if it is known by that name."
              .formatted(Query.shortened(name), String.join(", ", names)));
    }
  }
}
