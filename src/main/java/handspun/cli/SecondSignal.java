package handspun.cli;

import java.lang.reflect.Proxy;
import java.util.List;

/** A second Ctrl-C or SIGTERM, while the process ends because of the first. */
final class SecondSignal {
  /** As a shell counts a process that a signal has ended. */
  private static final int STOPPED = 128;

  private SecondSignal() {}

  /** From now on, a signal ends the process at once; Java would pass over it. */
  static void endsAtOnce() {
    for (String name : List.of("INT", "TERM")) {
      try {
        // By reflection, since the compiler warns of this class whatever one says, and without it
        // the process ends all the same, if later.
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object one = signal.getConstructor(String.class).newInstance(name);
        int number = (int) signal.getMethod("getNumber").invoke(one);
        Object halt =
            Proxy.newProxyInstance(
                SecondSignal.class.getClassLoader(),
                new Class<?>[] {handler},
                (proxy, method, arguments) -> {
                  Runtime.getRuntime().halt(STOPPED + number);
                  return null;
                });
        signal.getMethod("handle", signal, handler).invoke(null, one, halt);
      } catch (ReflectiveOperationException e) {
        // With -Xrs Java leaves signals alone, and the system's own way is to end at once.
        return;
      }
    }
  }
}
