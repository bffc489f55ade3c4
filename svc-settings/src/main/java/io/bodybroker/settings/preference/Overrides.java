package io.bodybroker.settings.preference;

import com.google.protobuf.Timestamp;
import io.bodybroker.sdk.error.FieldViolation;
import io.bodybroker.sdk.error.ServiceException;
import io.bodybroker.settings.state.v1.StoredOverride;
import io.bodybroker.settings.v1.Setting;
import io.bodybroker.settings.v1.SettingValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What somebody set: the values that are not the defaults, so that a value that is set to its
 * default is the default again.
 *
 * <p>Immutable.
 */
public final class Overrides {
  private final Catalog catalog;
  private final SortedMap<String, StoredOverride> byKey;

  private Overrides(Catalog catalog, SortedMap<String, StoredOverride> byKey) {
    this.catalog = catalog;
    this.byKey = byKey;
  }

  /** What is stored. A key that a later release no longer has is left out. */
  public static Overrides of(Catalog catalog, Collection<StoredOverride> stored) {
    var byKey = new TreeMap<String, StoredOverride>();
    for (StoredOverride override : stored) {
      if (catalog.find(override.getKey()).isPresent()) {
        byKey.put(override.getKey(), override);
      }
    }
    return new Overrides(catalog, byKey);
  }

  /** What is to be stored, by key. */
  public Collection<StoredOverride> stored() {
    return byKey.values();
  }

  /**
   * With these values set, all or none.
   *
   * @throws ServiceException {@code INVALID_ARGUMENT} naming each key that does not exist and each
   *     value that its setting cannot have
   */
  public Overrides with(Map<String, SettingValue> values, Timestamp now) {
    require(values);
    var next = new TreeMap<>(byKey);
    values.forEach((key, value) -> {
      if (catalog.find(key).orElseThrow().defaultValue().equals(value)) {
        next.remove(key);
      } else if (!value.equals(value(key))) {
        next.put(
            key,
            StoredOverride.newBuilder().setKey(key).setValue(value).setModifiedAt(now).build());
      }
    });
    return new Overrides(catalog, next);
  }

  /** With these values set and all others at their defaults. */
  public Overrides replacedBy(Map<String, SettingValue> values, Timestamp now) {
    var kept = new TreeMap<>(byKey);
    kept.keySet().retainAll(values.keySet());
    return new Overrides(catalog, kept).with(values, now);
  }

  /** With some settings at their defaults. */
  public Overrides without(List<SettingRule> settings) {
    var next = new TreeMap<>(byKey);
    settings.forEach(setting -> next.remove(setting.key()));
    return new Overrides(catalog, next);
  }

  private void require(Map<String, SettingValue> values) {
    var violations = new ArrayList<FieldViolation>();
    new TreeMap<>(values)
        .forEach((key, value) -> {
          var field = "settings[" + key + "]";
          var rule = catalog.find(key);
          if (rule.isEmpty()) {
            violations.add(new FieldViolation(field, key, catalog.expectedKey()));
          } else if (!rule.get().admits(value)) {
            violations.add(new FieldViolation(field, shown(value), rule.get().expected()));
          }
        });
    if (!violations.isEmpty()) {
      throw ServiceException.invalidArgument(violations);
    }
  }

  /** A value as an error shows it: with its type, and never endless. */
  private static String shown(SettingValue value) {
    return switch (value.getKindCase()) {
      case BOOL_VALUE -> "bool_value " + value.getBoolValue();
      case INT_VALUE -> "int_value " + value.getIntValue();
      case DOUBLE_VALUE -> "double_value " + value.getDoubleValue();
      case TEXT_VALUE -> {
        var text = value.getTextValue();
        yield "text_value \"" + (text.length() <= 40 ? text : text.substring(0, 40) + "…") + '"';
      }
      case BINDINGS_VALUE -> value.getBindingsValue().getKeysCount() + " bindings";
      case KIND_NOT_SET -> "";
    };
  }

  /** The keys whose values are others than before, sorted. */
  public List<String> changedSince(Overrides before) {
    var keys = new TreeSet<>(byKey.keySet());
    keys.addAll(before.byKey.keySet());
    keys.removeIf(key -> Objects.equals(value(key), before.value(key)));
    return List.copyOf(keys);
  }

  /** What a setting is. */
  private SettingValue value(String key) {
    var override = byKey.get(key);
    return override == null ? catalog.find(key).orElseThrow().defaultValue() : override.getValue();
  }

  /** Settings as they are in effect, in the order given. */
  public List<Setting> effective(Collection<SettingRule> settings) {
    return settings.stream().map(this::effective).toList();
  }

  private Setting effective(SettingRule rule) {
    var setting = Setting.newBuilder().setKey(rule.key()).setValue(value(rule.key()));
    var override = byKey.get(rule.key());
    return override == null
        ? setting.setIsDefault(true).build()
        : setting.setLastModified(override.getModifiedAt()).build();
  }
}
