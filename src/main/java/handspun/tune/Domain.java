package handspun.tune;

import handspun.math.RandomStream;

/** The values that a search draws one hyperparameter from, as people write them. */
public sealed interface Domain permits Choices, Range {

  /** {@return one of its values} */
  String draw(RandomStream random);

  /** {@return whether there is more than one value} */
  boolean varies();

  /** {@return it as a space says it: a text, a list of texts, or a map} */
  Object told();

  /** {@return it for people, as a part of a sentence} */
  String words();
}
