package io.bodybroker.settings;

import io.bodybroker.settings.v1.KeyBindings;
import io.bodybroker.settings.v1.SettingValue;
import java.util.Map;

/** Values of settings, short to write. */
public final class Values {
  private Values() {}

  /** A {@code bool_value}. */
  public static SettingValue bool(boolean value) {
    return SettingValue.newBuilder().setBoolValue(value).build();
  }

  /** An {@code int_value}. */
  public static SettingValue whole(int value) {
    return SettingValue.newBuilder().setIntValue(value).build();
  }

  /** A {@code double_value}. */
  public static SettingValue number(double value) {
    return SettingValue.newBuilder().setDoubleValue(value).build();
  }

  /** A {@code text_value}. */
  public static SettingValue text(String value) {
    return SettingValue.newBuilder().setTextValue(value).build();
  }

  /** A {@code bindings_value}. */
  public static SettingValue bindings(Map<String, String> keys) {
    return SettingValue.newBuilder()
        .setBindingsValue(KeyBindings.newBuilder().putAllKeys(keys))
        .build();
  }
}
