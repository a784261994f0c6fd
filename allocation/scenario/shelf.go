package scenario

import "sync"

// shelf holds the counties of the tasks under way. A county is read when the first of its tasks is taken and let go when the last is put back.
type shelf struct {
	mutex    sync.Mutex
	counties map[any]*held // by source or county
}

// held is a county on the shelf.
type held struct {
	read  sync.Once
	task  *Task // the first of its tasks, loaded
	err   error
	tasks int // not put back yet
}

func newShelf(tasks []Task) *shelf {
	s := &shelf{counties: map[any]*held{}}
	for i := range tasks {
		key := tasks[i].origin()
		if s.counties[key] == nil {
			s.counties[key] = &held{}
		}
		s.counties[key].tasks++
	}
	return s
}

// origin tells tasks of one county from others.
func (t *Task) origin() any {
	if t.Source != nil {
		return t.Source
	}
	return t.County
}

// take gives a task that holds its county; where there is an error, the task as it was.
func (s *shelf) take(t *Task) (*Task, error) {
	s.mutex.Lock()
	h := s.counties[t.origin()]
	s.mutex.Unlock()
	h.read.Do(func() { h.task, h.err = t.load() })
	if h.err != nil {
		return t, h.err
	}
	loaded := *t
	loaded.County, loaded.countyHash = h.task.County, h.task.countyHash
	return &loaded, nil
}

// put lets go of a task's county where no other task needs it.
func (s *shelf) put(t *Task) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	h := s.counties[t.origin()]
	if h.tasks--; h.tasks == 0 {
		delete(s.counties, t.origin())
	}
}
