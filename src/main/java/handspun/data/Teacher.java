package handspun.data;

import java.io.Serializable;

/** Knows of images which digits they are like, the right one and others. */
@FunctionalInterface
public interface Teacher extends Serializable {
  /** What its SHA-256 is called among those of the data, which are files otherwise. */
  String NAME = "teacher";

  /**
   * @param examples as they are stored
   * @return for each as many numbers as there are classes, which add up to 1
   */
  float[] answers(Examples examples);
}
