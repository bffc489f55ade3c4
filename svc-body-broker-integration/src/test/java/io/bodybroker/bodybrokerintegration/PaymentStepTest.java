package io.bodybroker.bodybrokerintegration;

import static org.assertj.core.api.Assertions.assertThat;

import io.bodybroker.bodybrokerintegration.v1.Drug;
import io.bodybroker.payment.v1.Currency;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

class PaymentStepTest {
  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"DRUG_UNSPECIFIED", "UNRECOGNIZED"})
  void everyDrugIsACurrency(Drug drug) {
    assertThat(PaymentStep.currency(drug))
        .isNotIn(Currency.CREDITS, Currency.CURRENCY_UNSPECIFIED)
        .hasToString(drug.name());
  }
}
