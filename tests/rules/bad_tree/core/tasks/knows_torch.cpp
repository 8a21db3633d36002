#include <ATen/Tensor.h>
#include <c10/core/Device.h>
