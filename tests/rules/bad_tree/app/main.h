#pragma once

#include "ui/panel.h"
#include <torch/torch.h>
