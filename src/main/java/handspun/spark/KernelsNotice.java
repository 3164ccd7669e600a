package handspun.spark;

import handspun.math.Kernels;
import java.util.Collection;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/** Says once of each kind which kernels executors have that are not the driver's. */
final class KernelsNotice {
  private final Consumer<String> notices;
  private final Set<String> told = new HashSet<>();

  KernelsNotice(Consumer<String> notices) {
    this.notices = notices;
  }

  void tell(Collection<Arrival> arrivals) {
    String here = Kernels.fastest().description();
    Map<String, String> executors =
        arrivals.stream()
            .collect(
                Collectors.groupingBy(
                    Arrival::kernels,
                    TreeMap::new,
                    Collectors.mapping(Arrival::toString, Collectors.joining(", "))));
    executors.forEach(
        (kernels, those) -> {
          if (!kernels.equals(here) && told.add(kernels)) {
            notices.accept(
                "The kernels of %s are %s, and here %s: the bits are the same, the speed is not."
                    .formatted(those, kernels, here));
          }
        });
  }
}
