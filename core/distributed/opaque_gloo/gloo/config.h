#pragma once
// LibTorch's header of the process group includes it; nothing of it is needed.
