package handspun;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What a JSON value is, for programs that send or get it: a JSON Schema (draft 2020-12), which is
 * never changed.
 *
 * @param name under which others refer to it, if it has one
 * @param keywords with texts, numbers, flags, lists, maps and schemas as values
 */
public record JsonSchema(Optional<String> name, Map<String, Object> keywords) {
  private static final String TYPE = "type";
  private static final String PROPERTIES = "properties";
  private static final String REQUIRED = "required";
  private static final String ANY_OF = "anyOf";

  /** Where an OpenAPI description has its named schemas. */
  private static final String PLACE = "#/components/schemas/";

  /** {@return any value at all} */
  public static JsonSchema any() {
    return new JsonSchema(Optional.empty(), Map.of());
  }

  private static JsonSchema of(String type) {
    return any().keyword(TYPE, type);
  }

  /** {@return a text} */
  public static JsonSchema text() {
    return of("string");
  }

  /** {@return one of some texts} */
  public static JsonSchema text(Collection<String> values) {
    return text().keyword("enum", List.copyOf(values));
  }

  /** {@return true or false} */
  public static JsonSchema flag() {
    return of("boolean");
  }

  /** {@return a number} */
  public static JsonSchema number() {
    return of("number");
  }

  /** {@return a whole number} */
  public static JsonSchema whole() {
    return of("integer");
  }

  /** {@return any number of equal values} */
  public static JsonSchema arrayOf(JsonSchema items) {
    return of("array").keyword("items", items);
  }

  /** {@return so many equal values} */
  public static JsonSchema arrayOf(JsonSchema items, int count) {
    return arrayOf(items).sized(count, count);
  }

  /** {@return an object without fields, to which they are added} */
  public static JsonSchema object() {
    return of("object").keyword(PROPERTIES, Map.of());
  }

  /** {@return an object whose fields have names that are not known before} */
  public static JsonSchema mapOf(JsonSchema values) {
    return of("object").keyword("additionalProperties", values);
  }

  /** {@return one of several} */
  public static JsonSchema anyOf(JsonSchema... schemas) {
    return any().keyword(ANY_OF, List.of(schemas));
  }

  /** {@return the same from one number to another} */
  public JsonSchema from(Number least, Number most) {
    return keyword("minimum", least).keyword("maximum", most);
  }

  /** {@return the same array, with from one to another number of elements} */
  public JsonSchema sized(int least, int most) {
    return keyword("minItems", least).keyword("maxItems", most);
  }

  /** {@return the same object with one more field, which is always there} */
  public JsonSchema with(String field, JsonSchema schema) {
    List<Object> required = new ArrayList<>((List<?>) keywords.getOrDefault(REQUIRED, List.of()));
    required.add(field);
    return perhaps(field, schema).keyword(REQUIRED, required);
  }

  /** {@return the same object with one more field, which may be missing} */
  public JsonSchema perhaps(String field, JsonSchema schema) {
    Map<Object, Object> fields = new LinkedHashMap<>((Map<?, ?>) keywords.get(PROPERTIES));
    fields.put(field, schema);
    return keyword(PROPERTIES, fields);
  }

  /** {@return the same, or null} */
  public JsonSchema orNull() {
    return anyOf(this, of("null"));
  }

  /** {@return the same in words} */
  public JsonSchema said(String words) {
    return keyword("description", words);
  }

  /** {@return the same under a name, by which others refer to it} */
  public JsonSchema named(String other) {
    return new JsonSchema(Optional.of(other), keywords);
  }

  private JsonSchema keyword(String keyword, Object value) {
    Map<String, Object> more = new LinkedHashMap<>(keywords);
    more.put(keyword, value);
    return new JsonSchema(name, more);
  }

  /** {@return those that have a name, of itself and all that it consists of} */
  public Stream<JsonSchema> allNamed() {
    return Stream.concat(name.isPresent() ? Stream.of(this) : Stream.empty(), inside(keywords));
  }

  private static Stream<JsonSchema> inside(Object value) {
    if (value instanceof JsonSchema schema) {
      return schema.allNamed();
    }
    if (value instanceof Map<?, ?> map) {
      return map.values().stream().flatMap(JsonSchema::inside);
    }
    return value instanceof List<?> list
        ? list.stream().flatMap(JsonSchema::inside)
        : Stream.empty();
  }

  /**
   * Writes the schema, or where it is if it has a name.
   *
   * @param json where to write
   * @throws IOException if writing fails
   */
  public void write(JsonGenerator json) throws IOException {
    if (name.isPresent()) {
      json.writeStartObject();
      json.writeStringField("$ref", PLACE + name.get());
      json.writeEndObject();
    } else {
      writeKeywords(json);
    }
  }

  /**
   * Writes the schema, also if it has a name.
   *
   * @param json where to write
   * @throws IOException if writing fails
   */
  public void writeKeywords(JsonGenerator json) throws IOException {
    write(json, keywords);
  }

  private static void write(JsonGenerator json, Object value) throws IOException {
    if (value instanceof JsonSchema schema) {
      schema.write(json);
    } else if (value instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName((String) entry.getKey());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (value instanceof List<?> list) {
      json.writeStartArray();
      for (Object element : list) {
        write(json, element);
      }
      json.writeEndArray();
    } else {
      json.writeObject(value);
    }
  }
}
