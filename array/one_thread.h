#pragma once

// oneDNN's threads are those of GCC's OpenMP library, which needs no compiler switch to be told.
extern "C" {
int omp_get_max_threads();
void omp_set_num_threads(int);
}

namespace neartile::array {

/// While it lives, oneDNN uses the calling thread only: callers bring threads of their own.
class OneThread {
 public:
  OneThread() : before_(omp_get_max_threads()) { omp_set_num_threads(1); }
  ~OneThread() { omp_set_num_threads(before_); }
  OneThread(const OneThread&) = delete;
  OneThread& operator=(const OneThread&) = delete;

 private:
  int before_;
};

}  // namespace neartile::array
