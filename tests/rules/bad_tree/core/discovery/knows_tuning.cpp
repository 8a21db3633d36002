#include "core/tuning/above.h"
