#pragma once

#include <systemc>

#include <functional>
#include <map>

namespace neartile::sc_models {

/// Calls to make at given times; of equal times in the order in which they were set. Owners let a process
/// wait for due() and then make_due().
class TimedCalls {
 public:
  void after(const sc_core::sc_time& delay, std::function<void()> call) {
    calls_.emplace(sc_core::sc_time_stamp() + delay, std::move(call));
    notify();
  }
  void make_due() {
    while (!calls_.empty() && calls_.begin()->first <= sc_core::sc_time_stamp()) {
      const auto call = std::move(calls_.begin()->second);
      calls_.erase(calls_.begin());
      call();
    }
    if (!calls_.empty()) notify();
  }
  void clear() { calls_.clear(); }
  const sc_core::sc_event& due() const { return due_; }

 private:
  void notify() { due_.notify(calls_.begin()->first - sc_core::sc_time_stamp()); }

  std::multimap<sc_core::sc_time, std::function<void()>> calls_;
  sc_core::sc_event due_;
};

}  // namespace neartile::sc_models
