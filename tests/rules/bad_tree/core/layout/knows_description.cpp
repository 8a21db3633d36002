#include "core/model/model_config.h"
