#include "neartile/sc_models/driver/neartile_driver.h"

static uint32_t read_mapped(void *context, uint32_t offset) {
  return *(volatile uint32_t *)((volatile unsigned char *)context + offset);
}

static void write_mapped(void *context, uint32_t offset, uint32_t value) {
  *(volatile uint32_t *)((volatile unsigned char *)context + offset) = value;
}

neartile_device neartile_mapped(volatile void *base) {
  neartile_device device;
  device.context = (void *)base;
  device.read = read_mapped;
  device.write = write_mapped;
  device.pause = NULL;
  return device;
}

static uint32_t get(const neartile_device *device, uint32_t offset) {
  return device->read(device->context, offset);
}

static void set(const neartile_device *device, uint32_t offset, uint32_t value) {
  device->write(device->context, offset, value);
}

/* The low word comes first: reading it keeps the high one. */
static uint64_t get_64(const neartile_device *device, uint32_t low) {
  const uint64_t value = get(device, low);
  return value | (uint64_t)get(device, low + 4u) << 32;
}

static void set_64(const neartile_device *device, uint32_t low, uint64_t value) {
  set(device, low, (uint32_t)value);
  set(device, low + 4u, (uint32_t)(value >> 32));
}

static bool is_busy(const neartile_device *device) {
  return (get(device, NEARTILE_STATUS) & NEARTILE_STATUS_BUSY) != 0u;
}

neartile_result neartile_probe(const neartile_device *device, neartile_capabilities *capabilities) {
  const uint32_t known = NEARTILE_VERSION_AFTER_RESET >> NEARTILE_VERSION_MAJOR_SHIFT;
  uint32_t version;
  if (get(device, NEARTILE_IDENTIFICATION) != NEARTILE_IDENTIFICATION_AFTER_RESET) return NEARTILE_NO_CHIP;
  version = get(device, NEARTILE_VERSION);
  if (version >> NEARTILE_VERSION_MAJOR_SHIFT != known) return NEARTILE_NO_CHIP;
  if (capabilities != NULL) {
    capabilities->version = version;
    capabilities->arrays = get(device, NEARTILE_ARRAYS);
    capabilities->groups = get(device, NEARTILE_GROUPS);
    capabilities->routes = get(device, NEARTILE_ROUTES);
    capabilities->unified_buffer_KiB = get(device, NEARTILE_UNIFIED_BUFFER_KIB);
    capabilities->weight_buffer_KiB = get(device, NEARTILE_WEIGHT_BUFFER_KIB);
    capabilities->accumulator_vectors = get(device, NEARTILE_ACCUMULATOR_VECTORS);
    capabilities->clock_kHz = get(device, NEARTILE_CLOCK_KHZ);
  }
  return NEARTILE_OK;
}

neartile_result neartile_read_group(const neartile_device *device, uint32_t index, neartile_group *group) {
  if (index >= get(device, NEARTILE_GROUPS)) return NEARTILE_REFUSED;
  group->count = get(device, NEARTILE_GROUP_COUNT(index));
  group->rows = get(device, NEARTILE_GROUP_ROWS(index));
  group->columns = get(device, NEARTILE_GROUP_COLUMNS(index));
  group->type = get(device, NEARTILE_GROUP_TYPE(index));
  group->multiplier = get_64(device, NEARTILE_GROUP_MULTIPLIER_LOW(index));
  return NEARTILE_OK;
}

neartile_result neartile_set_data_base(const neartile_device *device, uint64_t address) {
  if (is_busy(device)) return NEARTILE_IS_BUSY;
  set_64(device, NEARTILE_DATA_BASE_LOW, address);
  return NEARTILE_OK;
}

neartile_result neartile_route(const neartile_device *device, uint32_t layer, uint32_t group) {
  if (is_busy(device)) return NEARTILE_IS_BUSY;
  if (layer >= get(device, NEARTILE_ROUTES)) return NEARTILE_REFUSED;
  if (group != NEARTILE_ROUTE_OF_PROGRAM && group >= get(device, NEARTILE_GROUPS)) return NEARTILE_REFUSED;
  set(device, NEARTILE_ROUTE(layer), group);
  return NEARTILE_OK;
}

void neartile_enable_interrupt(const neartile_device *device, bool enable) {
  set(device, NEARTILE_INTERRUPT_ENABLE,
      enable ? NEARTILE_INTERRUPT_ENABLE_DONE | NEARTILE_INTERRUPT_ENABLE_ERROR : 0u);
}

neartile_result neartile_submit(const neartile_device *device, uint64_t address, uint32_t size) {
  if (is_busy(device)) return NEARTILE_IS_BUSY;
  neartile_acknowledge(device);
  set_64(device, NEARTILE_QUEUE_BASE_LOW, address);
  set(device, NEARTILE_QUEUE_SIZE, size);
  set(device, NEARTILE_DOORBELL, NEARTILE_DOORBELL_START);
  return NEARTILE_OK;
}

neartile_result neartile_poll(const neartile_device *device) {
  const uint32_t status = get(device, NEARTILE_STATUS);
  if ((status & NEARTILE_STATUS_BUSY) != 0u) return NEARTILE_IS_BUSY;
  return (status & NEARTILE_STATUS_ERROR) != 0u ? NEARTILE_FAILED : NEARTILE_OK;
}

neartile_result neartile_wait(const neartile_device *device, uint32_t looks) {
  uint32_t look;
  for (look = 0; look < looks; ++look) {
    neartile_result result;
    if (look > 0 && device->pause != NULL) device->pause(device->context);
    result = neartile_poll(device);
    if (result != NEARTILE_IS_BUSY) return result;
  }
  return NEARTILE_TIMEOUT;
}

uint32_t neartile_acknowledge(const neartile_device *device) {
  const uint32_t events = get(device, NEARTILE_INTERRUPT_STATUS);
  set(device, NEARTILE_INTERRUPT_STATUS, events);
  return events;
}

uint64_t neartile_cycles(const neartile_device *device) {
  return get_64(device, NEARTILE_CYCLES_LOW);
}

uint64_t neartile_fetch_cycles(const neartile_device *device) {
  return get_64(device, NEARTILE_FETCH_CYCLES_LOW);
}

neartile_result neartile_array_counters(const neartile_device *device, uint32_t array, neartile_counters *counters) {
  if (array >= get(device, NEARTILE_ARRAYS)) return NEARTILE_REFUSED;
  counters->cycles = get_64(device, NEARTILE_ARRAY_BUSY_CYCLES_LOW(array));
  counters->activation_toggles = get_64(device, NEARTILE_ARRAY_ACTIVATION_TOGGLES_LOW(array));
  counters->product_toggles = get_64(device, NEARTILE_ARRAY_PRODUCT_TOGGLES_LOW(array));
  counters->partial_sum_toggles = get_64(device, NEARTILE_ARRAY_PARTIAL_SUM_TOGGLES_LOW(array));
  counters->weight_toggles = get_64(device, NEARTILE_ARRAY_WEIGHT_TOGGLES_LOW(array));
  counters->control_toggles = get_64(device, NEARTILE_ARRAY_CONTROL_TOGGLES_LOW(array));
  return NEARTILE_OK;
}

neartile_result neartile_layer_counters(const neartile_device *device, uint32_t layer, neartile_counters *counters) {
  if (layer >= get(device, NEARTILE_ROUTES)) return NEARTILE_REFUSED;
  counters->cycles = get_64(device, NEARTILE_LAYER_CYCLES_LOW(layer));
  counters->activation_toggles = get_64(device, NEARTILE_LAYER_ACTIVATION_TOGGLES_LOW(layer));
  counters->product_toggles = get_64(device, NEARTILE_LAYER_PRODUCT_TOGGLES_LOW(layer));
  counters->partial_sum_toggles = get_64(device, NEARTILE_LAYER_PARTIAL_SUM_TOGGLES_LOW(layer));
  counters->weight_toggles = get_64(device, NEARTILE_LAYER_WEIGHT_TOGGLES_LOW(layer));
  counters->control_toggles = get_64(device, NEARTILE_LAYER_CONTROL_TOGGLES_LOW(layer));
  return NEARTILE_OK;
}

void neartile_clear_counters(const neartile_device *device) {
  set(device, NEARTILE_CONTROL, NEARTILE_CONTROL_CLEAR_COUNTERS);
}

neartile_error neartile_last_error(const neartile_device *device) {
  neartile_error error;
  error.code = get(device, NEARTILE_ERROR_CODE);
  error.command = get(device, NEARTILE_ERROR_COMMAND);
  return error;
}

neartile_result neartile_reset(const neartile_device *device, uint32_t looks) {
  uint32_t look;
  set(device, NEARTILE_CONTROL, NEARTILE_CONTROL_RESET);
  for (look = 0; look < looks; ++look) {
    if (!is_busy(device)) return NEARTILE_OK;
    if (device->pause != NULL) device->pause(device->context);
  }
  return NEARTILE_TIMEOUT;
}
